import type { LoadSample } from '../../domain/load.ts';
import { seededRandom } from '../../domain/random.ts';
import type { LoadPlan, RateStage } from '../../domain/workload.ts';
import { createArrivals, type Spacing } from '../arrivals.ts';
import { createRecorder } from '../recorder.ts';
import { createRequestSequence } from '../request-sequence.ts';
import { createHttpClient } from './http-client.ts';
import { startPacer } from './pacer.ts';

/** The open loop at work, inside the engine's thread. */
export interface LoadLoop {
  shape(stages: readonly RateStage[]): void;
  /** Ends the interval now and zeroes the distinct-row counters. Resolves, once the sample is out, with the epoch milliseconds of the cut. */
  mark(): Promise<number>;
  /** Stops arrivals, waits for answers for at most `waitMs` milliseconds, emits the last sample. */
  stop(waitMs: number): Promise<void>;
}

export interface LoadLoopOptions {
  readonly plan: LoadPlan;
  /** Arrivals per second at multiplier 1. */
  readonly ratePerSecond: number;
  readonly target: URL;
  readonly spacing: Spacing;
  readonly onSample: (sample: LoadSample) => void;
}

/** Users have a connection each; beyond this many a request waits for one, which only shows when a server stalls. */
const CONNECTIONS = 512;
const INTERVAL_MS = 1000;
/** Alarms closer together than this are one: at high rates a few arrivals go out together instead of the thread waking for each. */
const SHORTEST_SLEEP_MS = 0.2;
const EXPIRE_EVERY_MS = 10;

const epoch = (now: number) => Math.round(performance.timeOrigin + now);

/** Starts sending at multiplier 1. The rate never waits for answers: that is what makes it an open model. */
export async function startLoadLoop({
  plan,
  ratePerSecond,
  target,
  spacing,
  onSample,
}: LoadLoopOptions): Promise<LoadLoop> {
  const sequence = createRequestSequence(plan);
  const gaps = seededRandom(plan.seed, 'arrivals');
  const connections = Math.min(CONNECTIONS, plan.maxInFlight);
  const recorder = createRecorder(plan.requests, plan.timeoutMs * 2, epoch(performance.now()));
  const client = createHttpClient(target, { connections, timeoutMs: plan.timeoutMs }, (request, intendedAt, ending) =>
    recorder.ended(request.index, performance.now() - intendedAt, ending),
  );

  const arrive = (intendedAt: number) => {
    recorder.intended();
    if (client.inFlight() >= plan.maxInFlight) return recorder.dropped();
    const request = sequence.next();
    if (!request) return recorder.exhausted();
    recorder.sent(performance.now() - intendedAt);
    client.send(request, intendedAt);
  };

  let stopped = false;
  let nextArrival = Number.POSITIVE_INFINITY;
  const sendDue = () => {
    const now = performance.now();
    while (!stopped && nextArrival <= now) {
      arrive(nextArrival);
      nextArrival = arrivals.next();
    }
    pacer.wakeAt(Math.max(nextArrival, performance.now() + SHORTEST_SLEEP_MS));
  };
  // After everything that has already arrived: nothing is sent over a connection that the server has closed meanwhile.
  const pacer = await startPacer(() => setImmediate(sendDue));

  const shape = (stages: readonly RateStage[]) => {
    arrivals = createArrivals(ratePerSecond, stages, spacing, performance.now(), gaps);
    nextArrival = arrivals.next();
    pacer.wakeAt(nextArrival);
  };
  let arrivals = createArrivals(ratePerSecond, [], spacing, performance.now(), gaps);
  shape([]);

  // Samples are encoded one after the other, so that they come out in order.
  let emitted = Promise.resolve();
  const emit = () => {
    const at = epoch(performance.now());
    const sample = recorder.cut(at, client.inFlight(), sequence.distinctRows());
    emitted = emitted.then(async () => onSample(await sample));
    return emitted.then(() => at);
  };
  let interval = setInterval(emit, INTERVAL_MS);
  const expiry = setInterval(() => client.expire(performance.now()), EXPIRE_EVERY_MS);

  return {
    shape,
    mark: () => {
      clearInterval(interval);
      interval = setInterval(emit, INTERVAL_MS);
      const marked = emit();
      sequence.mark();
      return marked;
    },
    stop: async (waitMs) => {
      stopped = true;
      nextArrival = Number.POSITIVE_INFINITY;
      await pacer.stop();
      const deadline = performance.now() + waitMs;
      while (client.inFlight() > 0 && performance.now() < deadline)
        await new Promise((resolve) => setTimeout(resolve, 5));
      client.expire(Number.POSITIVE_INFINITY);
      clearInterval(interval);
      clearInterval(expiry);
      await emit();
      client.close();
    },
  };
}
