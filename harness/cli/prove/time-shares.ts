/** What a part of a proof may take that begins now, seconds, by how many arms it has; undefined when there is no limit. */
type Share = (arms: number) => number | undefined;

/**
 * Deals a time that starts now out to parts of proofs as they begin: each gets as much of what is left as it has of the arms that are left, so that what one does not use is there
 * for those after it.
 * @param seconds how long all may take together; undefined for no limit
 * @param arms how many arms are going to be played beside others, and how many alone
 * @param jobs how many are played beside each other
 * @param now milliseconds on a clock that never goes back
 */
export function timeShares(
  seconds: number | undefined,
  arms: { readonly beside: number; readonly alone: number },
  jobs: number,
  now: () => number = () => performance.now(),
): { readonly beside: Share; readonly alone: Share } {
  const started = now();
  // Counted in arms that have others beside them: one that has the machine to itself takes the turns of so many.
  let turns = arms.beside + arms.alone * jobs;
  const dealing =
    (turnsOfArm: number): Share =>
    (count) => {
      if (seconds === undefined) return undefined;
      const left = Math.max(1, seconds - (now() - started) / 1_000);
      const share = (left * count * jobs) / turns;
      turns -= count * turnsOfArm;
      return Math.min(left, share);
    };
  return { beside: dealing(1), alone: dealing(jobs) };
}
