/** How strangers' code is kept away from the machine, the strictest first. */
export const isolationNames = ['container', 'namespaces'] as const;
export type IsolationName = (typeof isolationNames)[number];

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
  /** The only isolation to grade in; default the strictest that this machine has. */
  readonly isolation?: IsolationName;
  /** We are within this isolation already. */
  readonly boxed?: IsolationName;
}
