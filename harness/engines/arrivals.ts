import type { Random } from '../domain/random.ts';
import type { RateStage } from '../domain/workload.ts';

/**
 * How arrivals are spaced.
 * - `poisson`: independent users: exponential gaps, so that bursts happen as they do in production. The default.
 * - `even`: gaps of exactly 1/rate, for measuring the engine itself against a formula.
 */
export type Spacing = 'poisson' | 'even';

/** When requests should start, one after the other. */
export interface Arrivals {
  /** The intended start of the next arrival, in milliseconds on the clock that `from` was on; Infinity when none will come. */
  next(): number;
}

/** How long it takes until `amount` arrivals have accumulated at a rate that starts at `rate` and changes by `slope` per second; Infinity if never. */
function secondsUntil(amount: number, rate: number, slope: number): number {
  if (slope === 0) return rate > 0 ? amount / rate : Number.POSITIVE_INFINITY;
  const root = rate * rate + 2 * slope * amount;
  if (root < 0) return Number.POSITIVE_INFINITY;
  // The quadratic solution in the form that does not cancel when the slope is tiny.
  return (2 * amount) / (rate + Math.sqrt(root));
}

/**
 * Arrivals of a process whose rate follows the stages: each gap is the time in which the integral of the rate grows by 1 (`even`) or by an
 * exponentially distributed amount of mean 1 (`poisson`; the time-change construction of an inhomogeneous Poisson process, Çinlar 1975).
 * After the last stage its final level goes on.
 *
 * @param ratePerSecond arrivals per second at multiplier 1
 * @param from when the first stage starts, in milliseconds
 * @param random only used for `poisson`
 */
export function createArrivals(
  ratePerSecond: number,
  stages: readonly RateStage[],
  spacing: Spacing,
  from: number,
  random: Random,
): Arrivals {
  const pieces = stages.map((stage) => {
    const start = stage.kind === 'constant' ? stage.times : stage.from;
    const end = stage.kind === 'constant' ? stage.times : stage.to;
    return {
      seconds: stage.seconds,
      rate: start * ratePerSecond,
      slope: stage.seconds > 0 && end !== start ? ((end - start) * ratePerSecond) / stage.seconds : 0,
      finalRate: end * ratePerSecond,
    };
  });
  pieces.push({
    seconds: Number.POSITIVE_INFINITY,
    rate: pieces.at(-1)?.finalRate ?? ratePerSecond,
    slope: 0,
    finalRate: 0,
  });

  let piece = 0;
  let start = from;
  let elapsed = 0;
  return {
    next: () => {
      let amount = spacing === 'even' ? 1 : -Math.log(1 - random());
      for (;;) {
        const { seconds, rate, slope } = pieces[piece]!;
        const rateNow = rate + slope * elapsed;
        const wait = secondsUntil(amount, rateNow, slope);
        if (elapsed + wait <= seconds) {
          elapsed += wait;
          return start + elapsed * 1000;
        }
        const left = seconds - elapsed;
        amount -= rateNow * left + (slope * left * left) / 2;
        start += seconds * 1000;
        elapsed = 0;
        piece++;
      }
    },
  };
}

/** How many arrivals an evenly spaced process has had after that many seconds. */
export function arrivalsWithin(seconds: number, ratePerSecond: number, stages: readonly RateStage[]): number {
  const arrivals = createArrivals(ratePerSecond, stages, 'even', 0, Math.random);
  let count = 0;
  while (arrivals.next() <= seconds * 1000) count++;
  return count;
}
