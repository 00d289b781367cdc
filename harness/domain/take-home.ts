import type { HandOut } from './hand-out.ts';
import { seededNumbers } from './random.ts';

/** What marks a packed folder as a take-home, in `take-home.json` at its root; a submission carries it back. */
export interface TakeHome {
  readonly format: 1;
  readonly candidate: string;
  /** What the candidate was told to take, hours. */
  readonly hours: number;
  /** `YYYY-MM-DD`. */
  readonly packedOn: string;
  /** Stands in several files and nowhere else in the world: finds the exercise where it was published, and what a submission was made from. */
  readonly canary: string;
  readonly exercises: readonly PackedExercise[];
  /** What is answered in files, in folders of their own. */
  readonly handOuts: readonly PackedHandOut[];
}

export type PackedHandOut = Pick<HandOut, 'id' | 'answers'>;

export interface PackedExercise {
  readonly scenario: string;
  /** Which variant it is, as a digest with the canary: its name may tell too much. */
  readonly variant: string;
}

/**
 * The variant of a scenario that this candidate gets: always the same one, and another one than whoever comes before or after in a numbered list
 * (`2026-041`, `2026-042`), as far as there are others.
 */
export function variantFor(candidate: string, scenario: string, variants: readonly string[]): string {
  const number = /(\d+)\D*$/.exec(candidate)?.[1] ?? '';
  const stem = candidate.replace(/\d+(\D*)$/, '#$1');
  const first = Math.floor(seededNumbers(0, `${stem} ${scenario}`)(1) * variants.length);
  // Of a number with more digits than a double holds, the last ones tell neighbours apart.
  return variants[(first + Number(number.slice(-9))) % variants.length]!;
}
