import type { ProofArm, ProofResult } from './proof.ts';
import { type Separation, separationsOf } from './separation.ts';

/** What is kept of a proof with its scenario: when and where it was, what was played, and what lay between the arms that fail and the solution. */
export interface KeptProof {
  /** Day, for example `2026-11-25`. */
  readonly provenOn: string;
  readonly machine: string;
  readonly arms: readonly Pick<ProofArm, 'variant' | 'arm' | 'kind' | 'seconds'>[];
  readonly separations: readonly Separation[];
}

/** What to keep of a proof that came out right. */
export function keepProof(proof: ProofResult, at: Pick<KeptProof, 'provenOn' | 'machine'>): KeptProof {
  const arms = proof.arms.map(({ variant, arm, kind, seconds }) => ({
    variant,
    arm,
    kind,
    seconds: Math.round(seconds),
  }));
  return { ...at, arms, separations: separationsOf(proof) };
}
