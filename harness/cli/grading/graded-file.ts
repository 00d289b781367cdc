import type { Grade } from '../../domain/scorecard.ts';

/** What became of one file. */
export interface GradedFile {
  readonly file: string;
  readonly grade: Grade;
  readonly reasons: readonly string[];
  readonly candidate?: string;
  readonly scenario?: string;
  readonly variant?: string;
  /** Points of the diagnosis, of how many. */
  readonly diagnosis?: { readonly points: number; readonly of: number };
  readonly concerns?: number;
  /** Where scorecard and report are. */
  readonly directory?: string;
}
