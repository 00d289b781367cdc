import type { Evidence } from './evidence.ts';
import type { LoadBound } from './workload.ts';

export type Outcome = 'pass' | 'fail' | 'inconclusive';

/** One measured number beside the bound it was held against. */
export interface Figure {
  readonly label: string;
  readonly value: number;
  readonly bound?: number;
  readonly unit: string;
}

export interface Verdict {
  readonly outcome: Outcome;
  /** One line for people: what was measured, against what. */
  readonly summary: string;
  readonly figures: readonly Figure[];
  /** It would have failed, but other programs had the machine. Only of an inconclusive verdict. */
  readonly excused?: true;
}

/** A claim about the evidence. `judge` is pure: the same evidence gives the same verdict, and it never throws for missing evidence. */
export interface Check {
  /** Stable name by which decoys refer to it, for example `statements-per-request`. Unique within a scenario. */
  readonly name: string;
  /** What must be true, in words a participant may read. */
  readonly claim: string;
  /** What it demands of the answers during the incident, for load tools that can hold the load against it themselves. */
  readonly bound?: LoadBound;
  judge(evidence: Evidence): Verdict;
}

export interface CheckResult extends Verdict {
  readonly check: string;
  readonly claim: string;
}

/** Fail beats inconclusive only when something really failed: any fail → fail, else any inconclusive → inconclusive, else pass. */
export function overall(results: readonly Verdict[]): Outcome {
  if (results.some((r) => r.outcome === 'fail')) return 'fail';
  if (results.length === 0 || results.some((r) => r.outcome === 'inconclusive')) return 'inconclusive';
  return 'pass';
}
