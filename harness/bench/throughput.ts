import { setTimeout as sleep } from 'node:timers/promises';
import { median } from '../domain/median.ts';
import type { Bench } from './bench.ts';
import { benchPlan, play } from './play.ts';
import { spread } from './spread.ts';
import { startStaticTarget } from './static-target.ts';

const ROUNDS = 5;
const RATE = 80_000;
const IN_FLIGHT = 64;
const LEAD_IN_MS = 1000;
const MEASURED_MS = 2000;
const TARGET_PER_CORE = 60_000;

/** One engine, from its start to its end. */
async function requestsPerCpuSecond(target: URL): Promise<number> {
  const { reading, result: cpuSeconds } = await play(
    benchPlan(IN_FLIGHT),
    RATE,
    target,
    'poisson',
    LEAD_IN_MS,
    async () => {
      const before = process.cpuUsage();
      await sleep(MEASURED_MS);
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1e6;
    },
  );
  return reading.all.ok / cpuSeconds;
}

/**
 * How many requests the engine makes of one second of CPU time, kernel included, when more arrive than it can send. CPU time is that of this whole process (`getrusage`):
 * the engine's thread, its pacer, the garbage collector, and the main thread, which only waits.
 */
export const throughput: Bench = {
  name: 'throughput',
  about: 'requests per core of the embedded engine against a static server',
  run: async () => {
    const target = await startStaticTarget();
    try {
      const rounds: number[] = [];
      for (let round = 0; round < ROUNDS; round++) rounds.push(Math.round(await requestsPerCpuSecond(target.url)));
      const measured = median(rounds);
      return [
        {
          figure: 'requests per CPU second',
          target: `≥ ${TARGET_PER_CORE}`,
          measured,
          unit: 'requests',
          ok: measured >= TARGET_PER_CORE,
          note: spread(rounds),
        },
      ];
    } finally {
      await target.stop();
    }
  },
};
