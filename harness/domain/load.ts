import type { LoadPlan, RateStage } from './workload.ts';

/** Latencies of one request name over one interval, as a compressed HDR histogram (microseconds), so that intervals can be added up exactly. */
export interface RequestSample {
  readonly request: string;
  /** Answers whose status was expected. */
  readonly ok: number;
  /** Unexpected statuses and transport errors by kind: `500`, `timeout`, `ECONNRESET`, … */
  readonly errors: Readonly<Record<string, number>>;
  /** Base64 V2 HDR histogram of all answered requests, in microseconds from the *intended* start. */
  readonly histogram: string;
}

/** What a load engine reports about once per second. */
export interface LoadSample {
  /** Epoch milliseconds of the interval's start and end. */
  readonly from: number;
  readonly to: number;
  /** Arrivals the open model intended in this interval. */
  readonly intended: number;
  /** Arrivals not started because `maxInFlight` requests were already waiting. */
  readonly dropped: number;
  /** Arrivals not started because a `once` pool had no row left. */
  readonly exhausted: number;
  readonly inFlight: number;
  /** 99th percentile of (actual send - intended start) in milliseconds: how far the engine itself was behind. */
  readonly sendLatenessP99Ms: number;
  /** The same lateness as a base64 V2 HDR histogram, in microseconds, so that intervals can be added up exactly. */
  readonly sendLateness: string;
  readonly requests: readonly RequestSample[];
  /** Distinct rows drawn per pool since the last `mark`, by pool name. */
  readonly distinctRows: Readonly<Record<string, number>>;
}

export interface RunningLoad {
  /** Samples as they come; ends after `stop`. Only one consumer. */
  readonly samples: AsyncIterable<LoadSample>;
  /**
   * Changes the arrival rate from now on; a constant level is one endless stage. Engines that need a moment for it go on as before meanwhile;
   * a `mark` that is asked for afterwards cuts where the change is in force.
   */
  shape(stages: readonly RateStage[]): void;
  /**
   * Zeroes the distinct-row counters; the next sample starts a new interval here. Resolves with the epoch milliseconds of the cut: samples
   * before it have `to` at or before it, samples after it have `from` at or after it.
   */
  mark(): Promise<number>;
  /** Stops arrivals, waits for what is in flight, ends `samples`. Idempotent. */
  stop(patience?: StopPatience): Promise<void>;
}

/** For how long a load that stops waits for answers. */
export interface StopPatience {
  /** Milliseconds; default: the plan's timeout. What is not answered by then counts as timed out; 0 waits for nothing. */
  readonly waitMs?: number;
}

/** Load engines by name. */
export const engineNames = ['embedded', 'k6'] as const;
export type EngineName = (typeof engineNames)[number];

/** What fires a workload. */
export interface LoadEngine {
  readonly name: EngineName;
  /** Why this engine can't run the plan here, or undefined when it can. */
  declines(plan: LoadPlan): Promise<string | undefined>;
  /** Gets everything ready without sending anything to `target`, which need not be there yet. Throws when the plan is invalid. */
  prepare(plan: LoadPlan, target: URL): Promise<PreparedLoad>;
}

/** A load that waits for its start signal. */
export interface PreparedLoad {
  /**
   * Starts sending; to be called once. Resolves when the first request is about to be sent.
   * @param ratePerSecond arrivals per second at multiplier 1
   */
  start(ratePerSecond: number): Promise<RunningLoad>;
  /** Ends the engine at once, started or not. Idempotent. */
  discard(): Promise<void>;
}
