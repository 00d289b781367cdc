/** One figure of a bench beside what it should be. */
export interface Measurement {
  readonly figure: string;
  /** The target in words, for example `791 ± 2 %`. */
  readonly target: string;
  readonly measured: number;
  readonly unit: string;
  readonly ok: boolean;
  /** How it came about, for example the spread of the rounds it is the median of. */
  readonly note?: string;
  /** Why it tells more about the machine than about the harness; then it counts neither as a pass nor as a miss, whatever `ok` says. */
  readonly inconclusive?: string | undefined;
}

/** Measures one promise the harness makes about itself. Takes seconds, wants a quiet machine, is no test. */
export interface Bench {
  readonly name: string;
  readonly about: string;
  run(): Promise<readonly Measurement[]>;
}
