import type { LoadSample } from '../../domain/load.ts';
import type { LoadPlan, RateStage } from '../../domain/workload.ts';
import type { Spacing } from '../arrivals.ts';
import type { ClosedLoopExtent } from './closed-loop.ts';

/** What the engine's thread is started with. */
export interface LoadThreadData {
  readonly plan: LoadPlan;
  readonly target: string;
  readonly spacing: Spacing;
}

/** Said to the engine's thread. */
export type LoadCommand =
  | { readonly type: 'start'; readonly ratePerSecond: number }
  | { readonly type: 'shape'; readonly stages: readonly RateStage[] }
  | { readonly type: 'mark' }
  | { readonly type: 'stop'; readonly waitMs: number };

/** Said by the engine's thread. After `stopped` it ends. */
export type LoadEvent =
  /** Ready to start, started, marked: in the order in which they were asked for, at these epoch milliseconds. */
  | { readonly type: 'done'; readonly at: number }
  | { readonly type: 'sample'; readonly sample: LoadSample }
  | { readonly type: 'stopped' };

/** What the thread that measures capacity is started with. It answers with one ClosedLoopResult and ends. */
export interface CapacityThreadData {
  readonly plan: LoadPlan;
  readonly target: string;
  readonly extent: ClosedLoopExtent;
}
