import type { GradeWishes, IsolationName } from './grade-wishes.ts';
import type { GradedFile } from './graded-file.ts';

/** Grades one submission and writes its folder. Rejects when this machine can't play at all, and with the signal's reason on abort; then nothing is left running. */
export type GradeFile = (
  file: string,
  wishes: GradeWishes & { readonly seed: number },
  say: (line: string) => void,
  signal: AbortSignal,
) => Promise<GradedFile>;

/** One way to grade strangers' code without letting it reach anything else. */
export interface Isolation {
  readonly name: IsolationName;
  /** Gets everything ready, which may take minutes the first time: what grades, or why it can't be done here. */
  prepare(say: (line: string) => void, signal: AbortSignal): Promise<GradeFile | { readonly declined: string }>;
}
