/**
 * Measures every arm once per round, in turns, so that whatever else the machine does meets all of them alike; every other round goes backwards. A
 * first round, for compilers and caches, is left out of the result.
 */
export async function inTurns<T, Arm extends string>(
  rounds: number,
  arms: Readonly<Record<Arm, () => Promise<T>>>,
): Promise<readonly Readonly<Record<Arm, T>>[]> {
  const forwards = Object.entries(arms) as [Arm, () => Promise<T>][];
  const results: Record<Arm, T>[] = [];
  for (let round = 0; round <= rounds; round++) {
    const result: Partial<Record<Arm, T>> = {};
    for (const [arm, measure] of round % 2 === 0 ? forwards : [...forwards].reverse()) result[arm] = await measure();
    results.push(result as Record<Arm, T>);
  }
  return results.slice(1);
}
