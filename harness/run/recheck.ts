import type { Evidence } from '../domain/evidence.ts';
import type { ProofArm } from '../domain/proof.ts';

/** An arm as it came out, and what was measured. */
export interface PlayedArm {
  readonly result: Omit<ProofArm, 'seconds'>;
  readonly evidence?: Evidence;
}

/**
 * Plays an arm that came out otherwise twice more, and lets the majority decide: a machine that was busy for a second is not the scenario's mistake, and a
 * scenario that comes out one way and then the other shows it.
 */
export async function recheck(first: PlayedArm, again: () => Promise<PlayedArm>): Promise<PlayedArm> {
  const plays = [first, await again(), await again()];
  const right = plays.filter(({ result }) => result.ok);
  const decisive = right.length > 1 ? right[0]! : first;
  if (right.length === 0) return decisive;
  const otherwise = plays.find(({ result }) => !result.ok)!.result;
  return {
    ...decisive,
    result: { ...decisive.result, unsteady: { right: right.length, of: plays.length, otherwise } },
  };
}
