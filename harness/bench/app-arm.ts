import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { environmentError } from '../domain/errors.ts';
import type { LoadPlan } from '../domain/workload.ts';
import { readProcessTree } from '../meters/process-tree.ts';
import { sleep } from '../platform/clock.ts';
import { removeTemporaryDirectory, temporaryDirectory } from '../platform/files.ts';
import type { UndoStack } from '../platform/undo-stack.ts';
import { type BootedSandbox, bootSandbox, networkOf } from '../run/boot.ts';
import { buildApp } from '../run/build-app.ts';
import { discoverScenarios } from '../run/catalogue.ts';
import { createJournal } from '../run/journal.ts';
import { planOf } from '../run/plan-of.ts';
import { raiseApp } from '../run/raise-app.ts';
import { startTracing } from '../run/tracing.ts';
import { play } from './play.ts';

/** An app in a sandbox of its own, one of several that differ in one thing. */
export interface AppArm {
  readonly sandbox: BootedSandbox;
  /** What of the scenario's workload can be sent again and again. */
  readonly loadPlan: LoadPlan;
}

const LEAD_IN_MS = 1_000;

/**
 * Raises the app of this source with the small company and a scenario's network and workload.
 * @param undo takes what ends it all
 * @param options.traced whether it sends traces, as in a game day
 */
export async function raiseAppArm(
  undo: UndoStack,
  scenarioId: string,
  source: string,
  { traced = false }: { readonly traced?: boolean } = {},
): Promise<AppArm> {
  const outer = temporaryDirectory('bench');
  undo.push('directory', async () => removeTemporaryDirectory(outer));
  // PostgreSQL's user, another one when we are root, has to be let in.
  chmodSync(outer, 0o755);
  const directory = join(outer, 'run');
  mkdirSync(directory);
  const journal = createJournal(join(directory, 'events.jsonl'));
  undo.push('journal', async () => journal.close());
  const tracing = traced ? await startTracing(directory, journal, {}) : undefined;
  undo.push('traces', async () => tracing?.close());
  const { scenarios } = await discoverScenarios();
  const scenario = scenarios.find(({ id }) => id === scenarioId)!;
  const sandbox = await bootSandbox({
    directory,
    size: 'small',
    network: networkOf(scenario.definition),
    journal,
    seed: 1,
    ...(tracing && { tracing: tracing.environment }),
  });
  undo.push('sandbox', () => sandbox.stop());
  const build = await buildApp(source, join(directory, 'build'));
  const { plan } = planOf(scenario);
  const loadPlan = await raiseApp({ sandbox, plan, build, seed: 1 });
  return { sandbox, loadPlan: { ...loadPlan, requests: loadPlan.requests.filter(({ method }) => method === 'GET') } };
}

/** Requests answered for one second of the processor time of all the app's processes. Throws `BENCH_FAILED` when some were not answered as expected. */
export async function requestsPerCpuSecond(
  { sandbox, loadPlan }: AppArm,
  ratePerSecond: number,
  seconds: number,
): Promise<number> {
  const { reading, result: cpuSeconds } = await play(
    loadPlan,
    ratePerSecond,
    sandbox.app.entry,
    'even',
    LEAD_IN_MS,
    async () => {
      const before = await cpuSecondsOf(sandbox);
      await sleep(seconds * 1_000);
      return (await cpuSecondsOf(sandbox)) - before;
    },
  );
  const failed = Object.entries(reading.all.errors).map(([kind, count]) => `${count} x ${kind}`);
  if (failed.length > 0) throw environmentError('BENCH_FAILED', `the app answered ${failed.join(', ')}`);
  return reading.all.ok / cpuSeconds;
}

async function cpuSecondsOf({ app }: BootedSandbox): Promise<number> {
  const uses = await Promise.all(app.processes().map(({ pid }) => readProcessTree(pid)));
  return uses.reduce((sum, use) => sum + (use?.cpuSeconds ?? 0), 0);
}
