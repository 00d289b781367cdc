/** One figure of a bench beside what it should be. */
export interface Measurement {
  readonly figure: string;
  /** The target in words, for example `791 ± 2 %`. */
  readonly target: string;
  readonly measured: number;
  readonly unit: string;
  readonly ok: boolean;
  /** How far the rounds lie apart of which `measured` is the median. */
  readonly spread?: string | undefined;
  /** The same figure of another program, measured in turns with ours. */
  readonly comparison?: Comparison | undefined;
  /** Whatever else belongs to the figure. */
  readonly note?: string | undefined;
  /** Why it tells more about the machine than about the harness; then it counts neither as a pass nor as a miss, whatever `ok` says. */
  readonly inconclusive?: string | undefined;
}

export interface Comparison {
  /** Who it is, for example `k6`. */
  readonly to: string;
  /** Theirs, in the unit of ours. */
  readonly measured: number;
  /** Ours as a multiple of theirs: the median of the ratios within each round, and how far they lie apart. */
  readonly ratio: number;
  readonly spread: string;
}

/** Measures one promise the harness makes about itself. Takes seconds, wants a quiet machine, is no test. */
export interface Bench {
  readonly name: string;
  readonly about: string;
  run(): Promise<readonly Measurement[]>;
}
