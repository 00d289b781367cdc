import type { Check } from '../domain/verdict.ts';
import { defineCheck, inconclusive, verdict } from './define-check.ts';

/** What the fault measured when a change never showed. */
const never = -1;

/**
 * What people change during the incident shows on every replica within `ms` milliseconds.
 * @param objective.fault the fault that makes the changes and measures `shownAfterMs`; default `record-changes`
 */
export function changesShownWithin(objective: {
  readonly ms: number;
  readonly fault?: string;
  readonly name?: string;
}): Check {
  const { ms, fault = 'record-changes', name = 'changes-shown-within' } = objective;
  return defineCheck({
    name,
    claim: `what is changed shows within ${ms} ms`,
    judge({ faults }) {
      const records = faults.filter((record) => record.name === fault);
      const looks = records.flatMap((record) => record.findings?.shownAfterMs ?? []);
      if (looks.length === 0) {
        const why = records.length === 0 ? 'did not happen' : (records[0]?.problem ?? 'measured nothing');
        inconclusive(`the fault ${fault} ${why}`);
      }
      const unseen = looks.filter((after) => after === never).length;
      const late = looks.filter((after) => after > ms).length;
      const slowest = Math.max(...looks);
      return verdict(
        unseen === 0 && late === 0,
        `of ${looks.length} looks for a change, ${unseen} never saw it and ${late} later than ${ms} ms`,
        [
          { label: 'never shown', value: unseen, bound: 0, unit: 'changes' },
          ...(slowest === never ? [] : [{ label: 'slowest to show', value: slowest, bound: ms, unit: 'ms' }]),
        ],
      );
    },
  });
}
