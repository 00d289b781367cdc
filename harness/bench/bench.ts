/** One figure of a bench beside what it should be. */
export interface Measurement {
  readonly figure: string;
  /** The target in words, for example `791 ± 2 %`. */
  readonly target: string;
  readonly measured: number;
  readonly unit: string;
  readonly ok: boolean;
}

/** Measures one promise the harness makes about itself. Takes seconds, wants a quiet machine, is no test. */
export interface Bench {
  readonly name: string;
  readonly about: string;
  run(): Promise<readonly Measurement[]>;
}
