/** How submissions are to be graded, as the options of `gameday grade` say. */
export interface GradeWishes {
  /** The folder that gets one for each submission. */
  readonly out: string;
  readonly seed?: number;
  /** Run strangers' code as we run, where it can't be confined. */
  readonly trustCandidate?: true;
  readonly allowInstruments?: true;
  /** The Redis of a queue from which graders take them, instead of grading here. */
  readonly queue?: string;
  /** We are in the box already. */
  readonly boxed?: true;
}
