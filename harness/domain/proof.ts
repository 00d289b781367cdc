import type { CheckResult, Outcome } from './verdict.ts';

/** What is played: the app as handed out, the reference fix, another accepted fix, a wrong one, or the app as handed out at a size where the flaw hides. */
export const armKinds = ['flawed', 'solution', 'accepted', 'decoy', 'harmless'] as const;
export type ArmKind = (typeof armKinds)[number];

/** One version of the app that went through the scenario once, beside what it should have come out as. */
export interface ProofArm {
  readonly variant: string;
  /** `flawed`, `solution`, or the name of the patch. */
  readonly arm: string;
  readonly kind: ArmKind;
  readonly expected: Outcome;
  readonly outcome: Outcome;
  /** For a decoy: the check that must catch it. */
  readonly caughtBy?: string;
  readonly results: readonly CheckResult[];
  /** Why the measurement as a whole could not be trusted; empty for a sound one. */
  readonly reasons: readonly string[];
  readonly seconds: number;
  /** Its check caught it in the survey, so that it was not put under load. */
  readonly withoutLoad?: true;
  /** Came out as expected, and a decoy by its named check. */
  readonly ok: boolean;
  /** Present when it was played again because it came out otherwise, and the plays do not agree. */
  readonly unsteady?: {
    /** How many of the plays came out as expected. */
    readonly right: number;
    readonly of: number;
    /** One of those that did not. */
    readonly otherwise: Pick<ProofArm, 'outcome' | 'results' | 'reasons'>;
  };
}

/** The proof of one scenario: flawed fails, solutions pass, every decoy fails by its named check. */
export interface ProofResult {
  readonly scenario: string;
  readonly arms: readonly ProofArm[];
  readonly ok: boolean;
  /** How many arms were played beside each other; absent when each had the machine to itself. */
  readonly atATime?: number;
  /** Arms for which there was no time; absent when all were played. */
  readonly leftOut?: readonly Pick<ProofArm, 'variant' | 'arm' | 'kind'>[];
}
