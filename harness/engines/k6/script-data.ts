import type { Draw, LoadBound, LoadPlan, PoolRow } from '../../domain/workload.ts';
import type { RowPosition } from '../draws.ts';
import { createNumberedRequests } from '../numbered-requests.ts';
import type { Course } from './arrival-executor.ts';

/** What stands in `data.json` beside the script. */
export interface ScriptData {
  readonly plan: Pick<LoadPlan, 'requests' | 'seed' | 'timeoutMs' | 'maxInFlight'> & {
    readonly draws: Readonly<Record<string, Draw>>;
    readonly course: Course;
    readonly thresholds: Readonly<Record<string, string[]>>;
  };
  readonly rows: Readonly<Record<string, readonly PoolRow[]>>;
  /** Which numbers get the rows of each `once` pool, in order: virtual users share nothing that could count. */
  readonly deals: Readonly<Record<string, readonly number[]>>;
}

/** No run gets as far as this number. */
const FARTHEST = 1_000_000;

/** Deals the rows of every `once` pool to the numbers that need one: the first to the first, as a single process would. */
export function dealRows(plan: LoadPlan): ScriptData['deals'] {
  const deals: Record<string, number[]> = {};
  const requests = createNumberedRequests(plan, (pool) => {
    if (plan.pools[pool]!.draw !== 'once') return () => 0;
    const dealt: number[] = [];
    deals[pool] = dealt;
    return (number) => dealt.push(number) - 1;
  });
  const used = requests.pools().filter((pool) => deals[pool] !== undefined);
  const unfinished = () => used.some((pool) => deals[pool]!.length < plan.pools[pool]!.rows.length);
  for (let number = 1; number < FARTHEST && unfinished(); number++) requests.fill(requests.indexOf(number), number);
  return deals;
}

/** The row that a number was dealt; past the end for one that was dealt none. Runs in k6, too. */
export function dealtPosition(dealt: ArrayLike<number>): RowPosition {
  return (number) => {
    let low = 0;
    let high = dealt.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (dealt[middle]! < number) low = middle + 1;
      else high = middle;
    }
    return dealt[low] === number ? low : Number.POSITIVE_INFINITY;
  };
}

/** Everything the script needs to play the plan at this course of the rate. Throws as `createRequestSequence`. */
export function scriptData(plan: LoadPlan, course: Course): ScriptData {
  const { requests, pools, seed, timeoutMs, maxInFlight, bounds = [] } = plan;
  const perPool = <T>(value: (pool: LoadPlan['pools'][string]) => T) =>
    Object.fromEntries(Object.entries(pools).map(([name, pool]) => [name, value(pool)]));
  return {
    plan: {
      requests,
      seed,
      timeoutMs,
      maxInFlight,
      draws: perPool(({ draw }) => draw),
      course,
      thresholds: thresholdsOf(bounds),
    },
    rows: perPool(({ rows }) => rows),
    deals: dealRows(plan),
  };
}

/** What k6's grammar of thresholds gives a meaning to. */
const grammar = /[{},:]/;

/** The bounds in k6's words: `http_req_duration{name:list orders}` is to be `p(95)<500`. None of them aborts a run. */
function thresholdsOf(bounds: readonly LoadBound[]): Record<string, string[]> {
  const thresholds: Record<string, string[]> = {};
  for (const { request, measure, atMost } of bounds) {
    if (request !== undefined && grammar.test(request)) continue;
    const metric = measure === 'errors' ? 'http_req_failed' : 'http_req_duration';
    const key = request === undefined ? metric : `${metric}{name:${request}}`;
    const claim = { p95: `p(95)<${atMost}`, p99: `p(99)<${atMost}`, errors: `rate<=${atMost}` }[measure];
    thresholds[key] = [...(thresholds[key] ?? []), claim];
  }
  return thresholds;
}
