/** An exercise that is answered in files and not played: a pull request to review, questions, a design, what a newcomer noticed. */
export interface HandOut {
  readonly id: string;
  readonly title: string;
  readonly minutes: number;
  /** What a candidate gets, text by name. */
  readonly files: Readonly<Record<string, string>>;
  /** Those of the files in which an answer is written. */
  readonly answers: readonly string[];
}

/** Where the exercises that are answered in files lie in a take-home, a folder each. */
export const handOutsFolder = 'exercises';
