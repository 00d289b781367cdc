import type { Sandbox } from './sandbox.ts';

export interface RunningMeter<T> {
  /** What was measured since the meter started or since the last cut. Rejects when the meter is dead; the collector turns that into an absent reading. */
  cut(): Promise<T>;
  stop(): Promise<void>;
}

/** Something that samples evidence during a run. */
export interface Meter<T> {
  readonly name: string;
  start(sandbox: Sandbox): Promise<RunningMeter<T>>;
}
