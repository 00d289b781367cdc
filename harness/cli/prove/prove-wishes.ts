import type { EngineName } from '../../domain/load.ts';
import type { ServiceSource } from '../../domain/service.ts';

/** How scenarios are to be proven, as the options of `gameday prove` say. */
export interface ProveWishes {
  readonly all?: true;
  readonly repeat?: number;
  readonly recheck?: true;
  /** How often an inconclusive arm is played at most. Default 3. */
  readonly attempts?: number;
  /** How many arms are played at a time, but for those whose load goes by what the machine can do. Default 1. */
  readonly jobs?: number;
  /** Milliseconds after which no further arm is begun, but for those without which nothing is proven. */
  readonly within?: number;
  readonly variant?: readonly string[];
  readonly arm?: readonly string[];
  readonly services?: ServiceSource;
  readonly engine?: EngineName;
  /** File for JUnit XML. */
  readonly junit?: string;
  readonly keep?: string;
  /** Also shows what separates arms from the solution. */
  readonly explain?: true;
  /** Keeps the proofs with their scenarios and rewrites the pages about the catalogue. */
  readonly write?: true;
}
