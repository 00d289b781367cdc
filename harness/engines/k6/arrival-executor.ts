import type { ConstantArrivalRateScenario, RampingArrivalRateScenario } from 'k6/options';
import type { RateStage } from '../../domain/workload.ts';

/** Longer than any run; k6 wants to know. */
const ENDLESS_SECONDS = 24 * 3600;
/** k6 takes whole numbers of arrivals per unit of time; in this many seconds two decimals of a rate are one. */
const UNIT_SECONDS = 100;
/** How long an arrival may take to be answered before those after it find nobody to send them. */
const SECONDS_IN_FLIGHT = 2;
const FEWEST_USERS = 50;

const seconds = (duration: number | null) => `${Number.isFinite(duration) ? duration : ENDLESS_SECONDS}s`;

/** A course of the arrival rate in arrivals per second, as exact as k6 can play it. A stage without an end has no seconds, also in JSON. */
export type Course = readonly { readonly from: number; readonly to: number; readonly seconds: number | null }[];

/**
 * The course of stages, after which the last level goes on.
 * @param ratePerSecond arrivals per second at multiplier 1
 */
export function courseOf(ratePerSecond: number, stages: readonly RateStage[]): Course {
  const exact = (times: number) => Math.round(times * ratePerSecond * UNIT_SECONDS) / UNIT_SECONDS;
  const course = stages.map((stage) => ({
    from: exact(stage.kind === 'constant' ? stage.times : stage.from),
    to: exact(stage.kind === 'constant' ? stage.times : stage.to),
    seconds: Number.isFinite(stage.seconds) ? stage.seconds : null,
  }));
  const last = course.at(-1)?.to ?? ratePerSecond;
  return course.at(-1)?.seconds === null ? course : [...course, { from: last, to: last, seconds: null }];
}

/** The course as stages of a load whose rate is one per second. */
export function stagesOf(course: Course): readonly RateStage[] {
  return course.map(({ from, to, seconds }) => ({
    kind: 'ramp',
    from,
    to,
    seconds: seconds ?? Number.POSITIVE_INFINITY,
  }));
}

/**
 * The course as an open-model executor of k6. Runs in k6, too.
 *
 * Every virtual user exists from the start, because k6 loses arrivals while it makes more. There are enough of them for two seconds of the
 * highest rate, and at most `maxInFlight`; arrivals beyond are k6's `dropped_iterations`. Each costs 0.3 MB and 1.4 ms of CPU at the start, and
 * with many more of them each would send so seldom that servers had closed its connection meanwhile: Node does after five seconds.
 */
export function arrivalExecutor(
  course: Course,
  maxInFlight: number,
): ConstantArrivalRateScenario | RampingArrivalRateScenario {
  const target = (perSecond: number) => Math.round(perSecond * UNIT_SECONDS);
  const peak = Math.max(...course.flatMap(({ from, to }) => [from, to]));
  const users = Math.min(maxInFlight, Math.max(FEWEST_USERS, Math.ceil(peak * SECONDS_IN_FLIGHT)));
  const common = { timeUnit: `${UNIT_SECONDS}s`, preAllocatedVUs: users, maxVUs: users };
  const [first] = course;
  if (first && course.length === 1 && first.from === first.to) {
    return { ...common, executor: 'constant-arrival-rate', rate: target(first.to), duration: seconds(first.seconds) };
  }
  return {
    ...common,
    executor: 'ramping-arrival-rate',
    startRate: target(first?.from ?? 0),
    stages: course.flatMap(({ from, to, seconds: lasting }) => [
      { duration: '0s', target: target(from) },
      { duration: seconds(lasting), target: target(to) },
    ]),
  };
}
