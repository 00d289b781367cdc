import { environmentError } from '../domain/errors.ts';
import { sleep } from '../platform/clock.ts';
import type { Bench } from './bench.ts';
import { inTurns } from './in-turns.ts';
import { absolute, atLeast, relative } from './limit.ts';
import { startPlainK6 } from './plain-k6.ts';
import { benchPlan, play } from './play.ts';
import { k6, locate } from './program.ts';
import { type StaticTarget, startStaticTarget } from './static-target.ts';

const ROUNDS = 5;
const RATE = 80_000;
const IN_FLIGHT = 64;
const LEAD_IN_MS = 1_000;
const MEASURED_MS = 2_000;
const TARGET_PER_CORE = 60_000;
const TARGET_TIMES = 3;

/** Requests answered for one second of the processor time of whoever sends them. */
async function perCpuSecond(target: StaticTarget, cpuSeconds: () => Promise<number>): Promise<number> {
  const [answersBefore, cpuBefore] = [await target.answered(), await cpuSeconds()];
  await sleep(MEASURED_MS);
  const answers = (await target.answered()) - answersBefore;
  if (answers === 0) throw environmentError('BENCH_FAILED', `nothing was asked of ${target.url.origin}`);
  return answers / ((await cpuSeconds()) - cpuBefore);
}

/** One engine, from its start to its end. Its processor time is that of this whole process: its thread, its pacer, the garbage collector, and the main thread, which only waits. */
async function embedded(target: StaticTarget): Promise<number> {
  const own = async () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  };
  const { result } = await play(benchPlan(IN_FLIGHT), RATE, target.url, 'poisson', LEAD_IN_MS, () =>
    perCpuSecond(target, own),
  );
  return result;
}

async function plainK6(command: string, target: StaticTarget): Promise<number> {
  const running = startPlainK6(command, IN_FLIGHT, target.url);
  try {
    await sleep(LEAD_IN_MS);
    return await perCpuSecond(target, running.cpuSeconds);
  } finally {
    await running.stop();
  }
}

/**
 * How many requests the engine makes of one second of processor time, the kernel's included, when more arrive than it can send, beside what k6 makes of it.
 * Both keep as many requests in flight, and the server counts them.
 */
export const throughput: Bench = {
  name: 'throughput',
  about: 'requests per CPU second of the embedded engine against a static server, beside k6',
  run: async () => {
    const command = locate(k6);
    const target = await startStaticTarget();
    try {
      const rounds = await inTurns(ROUNDS, {
        embedded: () => embedded(target),
        k6: async () => (typeof command === 'string' ? plainK6(command, target) : Number.NaN),
      });
      const own = { figure: 'requests per CPU second', unit: '', ours: rounds.map((round) => round.embedded) };
      const theirs = { to: 'k6', rounds: typeof command === 'string' ? rounds.map((round) => round.k6) : command };
      return [absolute(own, atLeast(TARGET_PER_CORE, '')), relative(own, atLeast(TARGET_TIMES, '×'), theirs)];
    } finally {
      await target.stop();
    }
  },
};
