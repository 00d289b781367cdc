import type { Evidence } from '../domain/evidence.ts';
import { inconclusive } from './define-check.ts';

/** What a fault measured, each time it was injected, under the name `finding`. Without anything measured the judgement ends as inconclusive. */
export function findingsOf({ faults }: Pick<Evidence, 'faults'>, fault: string, finding: string): readonly number[] {
  const records = faults.filter((record) => record.name === fault);
  const measured = records.flatMap((record) => record.findings?.[finding] ?? []);
  if (measured.length > 0) return measured;
  const why = records.length === 0 ? 'did not happen' : (records[0]?.problem ?? 'measured nothing');
  return inconclusive(`the fault ${fault} ${why}`);
}
