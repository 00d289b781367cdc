import type { PhaseName } from '../domain/evidence.ts';
import type { Check } from '../domain/verdict.ts';
import { defineCheck, verdict } from './define-check.ts';
import { partnerCalls } from './partner-calls.ts';

/**
 * The fulfilment partner is called at most `atMost` times about any one payment, calls that were not answered included, as the partner counted them.
 * @param objective.atMost calls
 */
export function callsPerPayment(objective: {
  readonly atMost: number;
  readonly during?: PhaseName;
  readonly name?: string;
}): Check {
  const { atMost, during = 'incident', name = 'calls-per-payment' } = objective;
  return defineCheck({
    name,
    claim: `the fulfilment partner is called at most ${atMost} times about a payment`,
    judge(evidence) {
      const calls = partnerCalls(evidence, during);
      const counts = new Map<string, number>();
      for (const { reference } of calls) counts.set(reference, (counts.get(reference) ?? 0) + 1);
      const most = Math.max(...counts.values());
      return verdict(most <= atMost, `${calls.length} calls about ${counts.size} payments, up to ${most} about one`, [
        { label: 'about one payment', value: most, bound: atMost, unit: 'calls' },
        { label: 'in all', value: calls.length, unit: 'calls' },
      ]);
    },
  });
}
