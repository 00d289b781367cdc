import type { ProofArm } from './proof.ts';

/**
 * The checks that no arm failed by, in the order in which the solution was judged: guards against harm that nobody tried to do, or bounds that nothing reaches.
 * Empty where no solution was played.
 */
export function unbrokenChecks(arms: readonly Pick<ProofArm, 'kind' | 'results'>[]): readonly string[] {
  const failed = new Set(
    arms.flatMap(({ results }) => results.filter(({ outcome }) => outcome === 'fail').map(({ check }) => check)),
  );
  const judged = arms.filter(({ kind }) => kind === 'solution').flatMap(({ results }) => results);
  return [...new Set(judged.map(({ check }) => check))].filter((check) => !failed.has(check));
}
