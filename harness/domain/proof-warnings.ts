import { type ProofFindings, secondsPerRound } from './kept-proof.ts';
import type { ArmKind } from './proof.ts';
import { factorOf, WANTED_FACTOR } from './separation.ts';

const WANTED = { decoys: 3, accepted: 2, seconds: 180 } as const;

/**
 * What an author should know of a proof that came out right: arms that nothing separates far enough, too few decoys or accepted fixes, more time than people
 * wait for. One line each.
 */
export function proofWarnings(findings: Omit<ProofFindings, 'rounds'>): readonly string[] {
  const { arms, separations } = findings;
  const warned = new Set<string>();
  const close = arms.flatMap((arm) => {
    const key = `${arm.variant} / ${arm.arm}`;
    if (!['flawed', 'decoy'].includes(arm.kind) || warned.has(key)) return [];
    warned.add(key);
    const [best] = separations.filter(({ variant, arm: name }) => variant === arm.variant && name === arm.arm);
    if (best === undefined || factorOf(best) >= WANTED_FACTOR) return [];
    return [`${key}: ${best.check} separates it by ${factorOf(best).toFixed(1)}x only (wanted: ${WANTED_FACTOR}x)`];
  });
  const names = (kind: ArmKind) => new Set(arms.filter((arm) => arm.kind === kind).map(({ arm }) => arm));
  const few = [
    { kind: 'decoy', words: 'decoys', found: names('decoy').size, wanted: WANTED.decoys },
    // One of them is the arm with the solutions of all scenarios.
    { kind: 'accepted', words: 'accepted fixes', found: names('accepted').size - 1, wanted: WANTED.accepted },
  ].filter(({ found, wanted }) => found < wanted);
  const seconds = secondsPerRound(findings);
  return [
    ...close,
    ...few.map(({ words, found, wanted }) => `${Math.max(0, found)} ${words} (wanted: ${wanted})`),
    ...(seconds > WANTED.seconds ? [`it takes ${seconds} s (wanted: ${WANTED.seconds} s at most)`] : []),
  ];
}
