import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from './bench.ts';
import { benchPlan, play } from './play.ts';
import { startStaticTarget } from './static-target.ts';

const RATE = 80_000;
const IN_FLIGHT = 64;
const SECONDS = 4;
const TARGET_PER_CORE = 60_000;

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
      const { reading, result: cpuSeconds } = await play(
        benchPlan(IN_FLIGHT),
        RATE,
        target.url,
        'poisson',
        2000,
        async () => {
          const before = process.cpuUsage();
          await sleep(SECONDS * 1000);
          const { user, system } = process.cpuUsage(before);
          return (user + system) / 1e6;
        },
      );
      const perCore = reading.all.ok / cpuSeconds;
      return [
        {
          figure: 'requests per CPU second',
          target: `≥ ${TARGET_PER_CORE}`,
          measured: perCore,
          unit: 'requests',
          ok: perCore >= TARGET_PER_CORE,
        },
      ];
    } finally {
      await target.stop();
    }
  },
};
