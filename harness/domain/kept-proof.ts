import { median } from './median.ts';
import type { ProofArm, ProofResult } from './proof.ts';
import { type Separation, separationsOf } from './separation.ts';

/** What is kept of a proof with its scenario: when and where it was, what was played, and what lay between the arms that fail and the solution. */
export interface KeptProof {
  /** Day, for example `2026-11-25`. */
  readonly provenOn: string;
  readonly machine: string;
  /** How often every arm was played, each time coming out as it should. */
  readonly rounds: number;
  /** How many arms were played beside each other; absent when each had the machine to itself. */
  readonly atATime?: number;
  /** Seconds are those of one play, the median of the rounds. */
  readonly arms: readonly Pick<ProofArm, 'variant' | 'arm' | 'kind' | 'seconds'>[];
  readonly separations: readonly Separation[];
}

/** What a proof found, wherever and whenever it was. */
export type ProofFindings = Omit<KeptProof, 'provenOn' | 'machine'>;

/** What to keep of a proof that came out right. */
export function keepProof(proof: ProofResult, at: Pick<KeptProof, 'provenOn' | 'machine'>): KeptProof {
  return { ...at, ...findingsOf(proof) };
}

/** The arms of a proof once each, however often they were played, and what lay between them. */
export function findingsOf(proof: ProofResult): ProofFindings {
  const nameOf = ({ variant, arm, kind }: ProofArm) => `${variant}/${kind}/${arm}`;
  const plays = [...new Set(proof.arms.map(nameOf))].map((name) => proof.arms.filter((arm) => nameOf(arm) === name));
  const arms = plays.map((each) => {
    const { variant, arm, kind } = each[0]!;
    return { variant, arm, kind, seconds: Math.round(median(each.map(({ seconds }) => seconds))) };
  });
  const rounds = Math.min(...plays.map((each) => each.length));
  const { atATime } = proof;
  return { rounds, ...(atATime && { atATime }), arms, separations: separationsOf(proof) };
}

/** How long it takes to play every arm once, seconds. */
export function secondsPerRound({ arms, atATime = 1 }: Pick<KeptProof, 'arms' | 'atATime'>): number {
  return Math.round(arms.reduce((sum, { seconds }) => sum + seconds, 0) / atATime);
}
