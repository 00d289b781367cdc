/** A column of a data pool, as the engine hands it to a request template. */
export type PoolRow = Readonly<Record<string, string | number>>;

/**
 * Think data: rows drawn for each request out of the seeded company.
 * - `uniform`: every row equally likely.
 * - `zipf`: row k drawn with probability proportional to 1/k (exponent 1, as web object popularity is commonly modelled); earlier rows are hotter.
 * - `once`: rows are used in order, each at most once; when none is left the request is counted as `exhausted`, never silently repeated.
 */
export type Draw = 'uniform' | 'zipf' | 'once';

export interface PoolSpec {
  /** Read-only SQL over the seeded database; its columns become `{pool.column}` placeholders. Must be deterministic (`ORDER BY`). */
  readonly sql: string;
  readonly draw: Draw;
}

/** One kind of request. Placeholders `{pool.column}`, `{n}` (a run-unique counter) and `{uuid}` are filled in path, headers and body. */
export interface RequestSpec {
  /** Name in reports, unique within the workload, for example `list accounts`. */
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Share of the traffic relative to the other requests. */
  readonly weight: number;
  /** Status codes that count as success. Default: any 2xx. */
  readonly expect?: readonly number[];
}

/** Whether the workload expects this status of an answer. */
export const isSuccess = ({ expect }: RequestSpec, status: number) =>
  expect ? expect.includes(status) : status >= 200 && status < 300;

/**
 * The arrival rate at the steady level.
 * - `perSecond`: an absolute rate.
 * - `timesFlawedCapacity`: what this machine's flawed app can serve of this workload, measured, times a factor (1.2 overloads the flawed app
 *   a little and leaves a repaired one idle, on any machine), held between `atLeast` and `atMost` requests per second.
 */
export type Rate =
  | { readonly perSecond: number }
  | { readonly timesFlawedCapacity: number; readonly atLeast: number; readonly atMost: number };

export interface Workload {
  readonly rate: Rate;
  readonly pools: Readonly<Record<string, PoolSpec>>;
  readonly requests: readonly RequestSpec[];
  /**
   * Traffic that requests with weights can't describe: a script of k6 in the scenario's folder, run as it is with `BASE_URL` and `RATE` (arrivals
   * per second). It names each of its requests (`tags: { name }`) as one of `requests`, which say what is expected of the answers, and whose GETs are
   * asked for `same-responses`.
   */
  readonly k6?: { readonly script: string };
}

/** What a check demands of the answers, as data. */
export interface LoadBound {
  /** A request by name. Default: all together. */
  readonly request?: string;
  readonly measure: 'p95' | 'p99' | 'errors';
  /** Milliseconds, or a share from 0 to 1 of `errors`. */
  readonly atMost: number;
}

/** A workload made ready for an engine: pools loaded. Plain data, so that it can be posted to another process. */
export interface LoadPlan {
  readonly requests: readonly RequestSpec[];
  readonly pools: Readonly<Record<string, { readonly draw: Draw; readonly rows: readonly PoolRow[] }>>;
  /** Seed of the draws and of the request mix: the same seed gives the same sequence of requests. */
  readonly seed: number;
  /** A request without an answer after this many milliseconds is an error of kind `timeout`. */
  readonly timeoutMs: number;
  /** Requests in flight above this are not started but counted as dropped (the client side of an overload). */
  readonly maxInFlight: number;
  /** Absolute path of the script of k6 that sends the requests in place of the engine's own. */
  readonly script?: string;
  /** What the load is held against, for engines that can show it. */
  readonly bounds?: readonly LoadBound[];
}

/** An arrival rate over time, as a multiple of the load's rate. Ramps are linear. */
export type RateStage =
  | { readonly kind: 'constant'; readonly times: number; readonly seconds: number }
  | { readonly kind: 'ramp'; readonly from: number; readonly to: number; readonly seconds: number };

/** One level that never ends, as a multiple of the load's rate. */
export function constantRate(times: number): readonly RateStage[] {
  return [{ kind: 'constant', times, seconds: Number.POSITIVE_INFINITY }];
}
