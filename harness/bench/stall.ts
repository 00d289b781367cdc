import type { LoadReading } from '../domain/evidence.ts';
import type { LoadEngine } from '../domain/load.ts';
import { median } from '../domain/median.ts';
import { createEmbeddedEngine } from '../engines/embedded/embedded-engine.ts';
import { k6Engine } from '../engines/k6/k6-engine.ts';
import { sleep } from '../platform/clock.ts';
import type { Bench, Measurement } from './bench.ts';
import { inTurns } from './in-turns.ts';
import { absolute, atMost } from './limit.ts';
import { benchPlan, play } from './play.ts';
import { k6, locate } from './program.ts';
import { type StaticTarget, startStaticTarget } from './static-target.ts';

const ROUNDS = 3;
const RATE = 2_000;
/** k6 can keep up with it: it needs a virtual user for every request that waits. An error in percent does not depend on the rate. */
const RATE_OF_K6 = 500;
const SECONDS = 20;
const STALL_MS = 1_000;
const STALLED_AFTER_MS = 3_000;
/** Before and after the stall, in the time of which the median is taken: in it more than half of the requests have to wait. */
const AROUND_MS = 250;
const LEAD_IN_MS = 2_000;
const TOLERANCE_PERCENT = 2;
/** In the little time around the stall one request more or less counts for more. */
const MEDIAN_TOLERANCE_PERCENT = 5;
const LATE_MS = 3;

/** What an engine says of a stall, in percent of what is right, and whether it could keep up. */
interface Account {
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
  readonly dropped: number;
  /** Intended and not answered. Those in flight at the two cuts are counted on one side only. */
  readonly lost: number;
  readonly lateMs: number;
}

/**
 * Does the engine tell the truth about a server that stops answering for a second? A request that should start u milliseconds into a stall of
 * S milliseconds is answered S - u later. At an even rate the share of requests in a run of D milliseconds that wait longer than x is (S - x) / D,
 * so the quantile that the share q exceeds is
 *
 *     x(q) = S - q D        (q D < S; the service time of a request outside the stall is neglected)
 *
 * An engine that times requests from when it got round to sending them, or sends less while it waits ("coordinated omission", Gil Tene, "How NOT to
 * measure latency", 2013), reports far less. The median is that of the stall and a little around it; of the whole run it would not know of the stall.
 *
 * k6 is played as game days play it, with a virtual user for every request that can wait and lateness added to what it measures.
 */
export const stall: Bench = {
  name: 'stall',
  about: `percentiles of a server that stalls for ${STALL_MS} ms, at ${RATE} requests/s, beside k6 at ${RATE_OF_K6}`,
  run: async () => {
    const command = locate(k6);
    const target = await startStaticTarget();
    try {
      const rounds = await inTurns(ROUNDS, {
        embedded: () => account(target, createEmbeddedEngine('even'), RATE),
        k6: async () => (typeof command === 'string' ? account(target, k6Engine, RATE_OF_K6) : undefined),
      });
      const theirs = rounds.flatMap((round) => round.k6 ?? []);
      return measurements(
        rounds.map((round) => round.embedded!),
        typeof command === 'string' ? theirs : command,
      );
    } finally {
      await target.stop();
    }
  },
};

async function account(target: StaticTarget, engine: LoadEngine, rate: number): Promise<Account> {
  const { reading, between, result } = await play(
    benchPlan(2 * rate),
    rate,
    target.url,
    engine,
    LEAD_IN_MS,
    async (mark) => {
      const startedAt = performance.now();
      await sleep(STALLED_AFTER_MS - AROUND_MS);
      const from = await mark();
      await sleep(AROUND_MS);
      const stalledMs = await target.stall(STALL_MS);
      await sleep(AROUND_MS);
      const to = await mark();
      await sleep(SECONDS * 1_000 - (performance.now() - startedAt));
      return { from, to, stalledMs };
    },
  );
  const error = (measured: number, q: number, { seconds }: LoadReading) =>
    100 * Math.abs(measured / (result.stalledMs - q * seconds * 1_000) - 1);
  const around = between(result.from, result.to);
  return {
    p50: error(around.all.p50, 0.5, around),
    p99: error(reading.all.p99, 0.01, reading),
    p999: error(reading.all.p999, 0.001, reading),
    dropped: reading.dropped,
    lost: Math.abs(reading.intended - reading.all.ok),
    lateMs: reading.sendLatenessP99Ms,
  };
}

function measurements(
  ours: readonly Account[],
  theirs: readonly Account[] | { readonly missing: string },
): readonly Measurement[] {
  const late = median(ours.map(({ lateMs }) => lateMs));
  const row = (figure: string, unit: string, key: keyof Account, limit: number): Measurement => {
    const note = key === 'p99' && 'missing' in theirs ? theirs.missing : undefined;
    const measured = absolute({ figure, unit, note, ours: ours.map((one) => one[key]) }, atMost(limit, unit), {
      to: 'k6',
      rounds: 'missing' in theirs ? theirs : theirs.map((one) => one[key]),
    });
    return {
      ...measured,
      // What a machine that has no time for the engine adds to the latencies is not the stall.
      inconclusive:
        late > LATE_MS
          ? `the engine itself was late: 1 % of the requests were sent ${late.toFixed(1)} ms late or more`
          : measured.inconclusive,
    };
  };
  return [
    row('error of p50', '%', 'p50', MEDIAN_TOLERANCE_PERCENT),
    row('error of p99', '%', 'p99', TOLERANCE_PERCENT),
    row('error of p99.9', '%', 'p999', TOLERANCE_PERCENT),
    row('dropped', 'requests', 'dropped', 0),
    row('intended but not answered', 'requests', 'lost', 20),
    row('send lateness p99', 'ms', 'lateMs', LATE_MS),
  ];
}
