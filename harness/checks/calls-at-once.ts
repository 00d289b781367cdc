import type { PhaseName } from '../domain/evidence.ts';
import type { Check } from '../domain/verdict.ts';
import { defineCheck, verdict } from './define-check.ts';
import { partnerCalls } from './partner-calls.ts';

/**
 * All processes of the app together never have more than `atMost` calls open at the fulfilment partner, as the partner counted them.
 * @param objective.atMost calls
 */
export function callsAtOnce(objective: {
  readonly atMost: number;
  readonly during?: PhaseName;
  readonly name?: string;
}): Check {
  const { atMost, during = 'incident', name = 'calls-at-once' } = objective;
  return defineCheck({
    name,
    claim: `at most ${atMost} calls are open at the fulfilment partner at the same time`,
    judge(evidence) {
      const calls = partnerCalls(evidence, during);
      const most = Math.max(...calls.map((call) => call.atOnce));
      return verdict(most <= atMost, `of ${calls.length} calls up to ${most} were open at the same time`, [
        { label: 'open at once', value: most, bound: atMost, unit: 'calls' },
      ]);
    },
  });
}
