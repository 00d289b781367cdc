import type { Check } from '../domain/verdict.ts';
import { defineCheck, inconclusive, verdict } from './define-check.ts';

/** What the fault measured when access was never refused. */
const never = -1;

/**
 * Everyone who lost access during the incident is refused within `ms` milliseconds.
 * @param objective.fault the fault that takes access away and measures `refusedAfterMs`; default `user-bans`
 */
export function revokedWithin(objective: {
  readonly ms: number;
  readonly fault?: string;
  readonly name?: string;
}): Check {
  const { ms, fault = 'user-bans', name = 'revoked-within' } = objective;
  return defineCheck({
    name,
    claim: `whoever loses access is refused within ${ms} ms`,
    judge({ faults }) {
      const records = faults.filter((record) => record.name === fault);
      const refusals = records.flatMap((record) => record.findings?.refusedAfterMs ?? []);
      if (refusals.length === 0) {
        const why = records.length === 0 ? 'did not happen' : (records[0]?.problem ?? 'measured nothing');
        inconclusive(`the fault ${fault} ${why}`);
      }
      const stillIn = refusals.filter((after) => after === never).length;
      const slowest = Math.max(...refusals);
      const late = refusals.filter((after) => after > ms).length;
      return verdict(
        stillIn === 0 && late === 0,
        `of ${refusals.length} who lost access, ${stillIn} were never refused and ${late} later than ${ms} ms`,
        [
          { label: 'never refused', value: stillIn, bound: 0, unit: 'users' },
          ...(slowest === never ? [] : [{ label: 'slowest refusal', value: slowest, bound: ms, unit: 'ms' }]),
        ],
      );
    },
  });
}
