import { environmentError } from '../domain/errors.ts';
import type { Fault } from '../domain/fault.ts';
import { constantRate } from '../domain/workload.ts';
import { sleep } from '../platform/clock.ts';
import { requestsArrived } from './app-requests.ts';
import { injection } from './injection.ts';
import { parametersOf } from './parameters.ts';

/** How long traffic is counted for a rate, milliseconds. */
const WINDOW_MS = 1_000;

/**
 * More (or fewer) requests arrive: the load engine's rate times `times`. Taken back, the rate is the plan's again.
 * The injection first counts for a second what arrives at the app, for the witness to compare with.
 * @param options.times multiple of the plan's rate, 0.01 to 100, not 1
 * @throws usageError `FAULT_INVALID`; environmentError `NO_LOAD` on injection when no load is running
 */
export function trafficPeak({ times }: { readonly times: number }): Fault {
  const parameters = parametersOf('traffic-peak');
  parameters.number('times', times, 0.01, 100);
  parameters.matching('times', String(times), /^(?!1$)/, 'Give something other than 1, which is the normal rate.');
  return {
    name: 'traffic-peak',
    summary: `Requests arrive at ${times} times the usual rate.`,
    async inject(sandbox, signal) {
      const load = sandbox.load();
      if (!load) throw environmentError('NO_LOAD', 'There is no traffic to change: no load engine is running');
      const counted = async () => {
        const start = await requestsArrived(sandbox);
        await sleep(WINDOW_MS, signal);
        return (await requestsArrived(sandbox)) - start;
      };
      const before = await counted().catch(() => undefined);
      signal.throwIfAborted();
      const shape = (level: number) => load.shape(constantRate(level));
      shape(times);
      return injection({
        receipt: `Arrival rate set to ${times} times the plan's`,
        async witness() {
          if (before === undefined) return undefined;
          const now = await counted();
          // Counts of independent arrivals scatter by their square root; three of those rule chance out.
          const chance = 3 * Math.sqrt(before + now);
          const change = times > 1 ? now - before : before - now;
          return change > chance ? `${before} requests per second reached the app before and ${now} now` : undefined;
        },
        async undo() {
          if (sandbox.load() === load) shape(1);
        },
      });
    },
  };
}
