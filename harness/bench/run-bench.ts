import { contentionOf, describeContention } from '../domain/contention.ts';
import { type MachineWatch, watchMachine } from '../meters/machine-watch.ts';
import type { Bench } from './bench.ts';
import type { BenchResult } from './results.ts';

/**
 * Runs one bench. While other programs had the machine, what misses its target is inconclusive, and so is every comparison: who of the two was held up more
 * is chance. Rejects as the bench does.
 * @param watch tells who had the machine; undefined where that is not known
 */
export async function runBench(
  { name, about, run }: Bench,
  watch: Pick<MachineWatch, 'cut'> | undefined = watchWherePossible(),
): Promise<BenchResult> {
  const measurements = await run();
  const contention = watch && contentionOf({ ok: true, value: watch.cut() });
  if (contention === undefined) return { name, about, measurements };
  const reason = describeContention(contention);
  return {
    name,
    about,
    measurements: measurements.map((one) =>
      one.ok && !one.comparison
        ? one
        : { ...one, inconclusive: one.inconclusive ? `${one.inconclusive}; ${reason}` : reason },
    ),
  };
}

/** Looks only before and after: looking costs time that some benches count as their own, and by the end everything they started has ended. */
function watchWherePossible(): MachineWatch | undefined {
  try {
    return watchMachine();
  } catch {
    return undefined;
  }
}
