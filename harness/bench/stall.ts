import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench, Measurement } from './bench.ts';
import { benchPlan, play } from './play.ts';
import { startStaticTarget } from './static-target.ts';

const RATE = 2000;
const SECONDS = 20;
const STALL_MS = 1000;
const TOLERANCE = 0.02;
const LATE_MS = 3;

/**
 * Does the engine tell the truth about a server that stops answering for a second? A request that should start u milliseconds into a stall of
 * S milliseconds is answered S - u later. At an even rate the share of requests in a run of D milliseconds that wait longer than x is (S - x) / D,
 * so the quantile that the share q exceeds is
 *
 *     x(q) = S - q D        (q D < S; the service time of a request outside the stall is neglected)
 *
 * An engine that times requests from when it got round to sending them, or sends less while it waits ("coordinated omission", Gil Tene, "How NOT to
 * measure latency", 2013), reports far less.
 */
export const stall: Bench = {
  name: 'stall',
  about: `p99 and p99.9 of a server that stalls for ${STALL_MS} ms, at ${RATE} requests/s`,
  run: async () => {
    const target = await startStaticTarget();
    try {
      const { reading, result: stalledMs } = await play(
        benchPlan(2 * RATE),
        RATE,
        target.url,
        'even',
        2000,
        async () => {
          await sleep(5000);
          const stalled = await target.stall(STALL_MS);
          await sleep(SECONDS * 1000 - 5000 - stalled);
          return stalled;
        },
      );
      const quantile = (figure: string, q: number, measured: number) => {
        const expected = stalledMs - q * reading.seconds * 1000;
        const ok = Math.abs(measured / expected - 1) <= TOLERANCE;
        return { figure, target: `${expected.toFixed(1)} ± ${TOLERANCE * 100} %`, measured, unit: 'ms', ok };
      };
      const lost = reading.intended - reading.all.ok;
      const late = reading.sendLatenessP99Ms;
      // What a machine that has no time for the engine adds to the latencies is not the stall.
      const inconclusive =
        late > LATE_MS
          ? `the engine itself was late: 1 % of the requests were sent ${late.toFixed(1)} ms late or more`
          : undefined;
      const measurements: readonly Measurement[] = [
        quantile('p99', 0.01, reading.all.p99),
        quantile('p99.9', 0.001, reading.all.p999),
        { figure: 'dropped', target: '0', measured: reading.dropped, unit: 'requests', ok: reading.dropped === 0 },
        // Those in flight at the two cuts are counted on one side only.
        {
          figure: 'intended but not answered',
          target: '± 20',
          measured: lost,
          unit: 'requests',
          ok: Math.abs(lost) <= 20,
        },
        { figure: 'send lateness p99', target: `≤ ${LATE_MS}`, measured: late, unit: 'ms', ok: late <= LATE_MS },
      ];
      return measurements.map((measurement) => ({ ...measurement, inconclusive }));
    } finally {
      await target.stop();
    }
  },
};
