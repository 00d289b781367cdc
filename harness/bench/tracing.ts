import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { median } from '../domain/median.ts';
import type { LoadPlan } from '../domain/workload.ts';
import { readProcessTree } from '../meters/process-tree.ts';
import { sleep } from '../platform/clock.ts';
import { removeTemporaryDirectory, temporaryDirectory } from '../platform/files.ts';
import { createUndoStack, type UndoStack } from '../platform/undo-stack.ts';
import { type BootedSandbox, bootSandbox, networkOf } from '../run/boot.ts';
import { buildApp } from '../run/build-app.ts';
import { discoverScenarios } from '../run/catalogue.ts';
import { createJournal } from '../run/journal.ts';
import { raiseApp } from '../run/raise-app.ts';
import { startTracing } from '../run/tracing.ts';
import { originalApp } from '../run/workspace.ts';
import type { Bench } from './bench.ts';
import { play } from './play.ts';
import { spread } from './spread.ts';

const SCENARIO = 'slow-account-list';
const ROUNDS = 9;
const SECONDS = 6;
/** For the compilers: what is traced is a small share, and takes long to get hot. */
const WARM_UP_SECONDS = 30;
const LEAD_IN_MS = 1_000;
/** Low enough for two apps side by side. */
const RATE = 20;
const TARGET_PERCENT = 10;

interface Side {
  readonly sandbox: BootedSandbox;
  readonly loadPlan: LoadPlan;
}

/**
 * What tracing as game days have it takes of the requests that the app serves per second of CPU time: the same load on two apps that differ in nothing
 * else, at the same time, so that whatever else the machine does meets both. A hundred statements per request, as in this scenario, are the worst case: each is a
 * span.
 */
export const tracing: Bench = {
  name: 'tracing',
  about: 'requests per CPU second that tracing costs the app',
  async run() {
    const undo = createUndoStack();
    try {
      const plain = await raise(undo, false);
      const traced = await raise(undo, true);
      const losses: number[] = [];
      const playBoth = (seconds: number) =>
        Promise.all([requestsPerCpuSecond(plain, seconds), requestsPerCpuSecond(traced, seconds)]);
      await playBoth(WARM_UP_SECONDS);
      for (let round = 0; round < ROUNDS; round++) {
        const [without, within] = await playBoth(SECONDS);
        losses.push(100 * (1 - within / without));
      }
      const measured = median(losses);
      return [
        {
          figure: 'requests per CPU second lost',
          target: `< ${TARGET_PERCENT} %`,
          measured,
          unit: '%',
          note: spread(losses),
          ok: measured < TARGET_PERCENT,
        },
      ];
    } finally {
      await undo.unwind();
    }
  },
};

async function raise(undo: UndoStack, traced: boolean): Promise<Side> {
  const outer = temporaryDirectory('bench');
  undo.push('directory', async () => removeTemporaryDirectory(outer));
  // PostgreSQL's user, another one when we are root, has to be let in.
  chmodSync(outer, 0o755);
  const directory = join(outer, 'run');
  mkdirSync(directory);
  const journal = createJournal(join(directory, 'events.jsonl'));
  undo.push('journal', async () => journal.close());
  const { environment, close } = await startTracing(directory, journal, {});
  undo.push('traces', close);
  const { scenarios } = await discoverScenarios();
  const { definition, variants } = scenarios.find(({ id }) => id === SCENARIO)!;
  const sandbox = await bootSandbox({
    directory,
    size: 'small',
    network: networkOf(definition),
    journal,
    seed: 1,
    ...(traced && { tracing: environment }),
  });
  undo.push('sandbox', () => sandbox.stop());
  const build = await buildApp(originalApp, join(directory, 'build'));
  const plan = definition.plan(definition.variants[variants[0]!]);
  return { sandbox, loadPlan: await raiseApp({ sandbox, plan, build, seed: 1 }) };
}

async function requestsPerCpuSecond({ sandbox, loadPlan }: Side, seconds: number): Promise<number> {
  const { reading, result: cpuSeconds } = await play(
    loadPlan,
    RATE,
    sandbox.app.entry,
    'even',
    LEAD_IN_MS,
    async () => {
      const before = await cpuSecondsOf(sandbox);
      await sleep(seconds * 1_000);
      return (await cpuSecondsOf(sandbox)) - before;
    },
  );
  return reading.all.ok / cpuSeconds;
}

async function cpuSecondsOf({ app }: BootedSandbox): Promise<number> {
  const uses = await Promise.all(app.processes().map(({ pid }) => readProcessTree(pid)));
  return uses.reduce((sum, use) => sum + (use?.cpuSeconds ?? 0), 0);
}
