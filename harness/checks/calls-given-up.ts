import type { PhaseName } from '../domain/evidence.ts';
import type { Check } from '../domain/verdict.ts';
import { defineCheck, verdict } from './define-check.ts';
import { partnerCalls } from './partner-calls.ts';

/**
 * No call to the fulfilment partner stays open for more than `ms` milliseconds, as the partner saw it: who is not answered gives up. It counts the
 * calls that nobody gave up, which a busy machine does not explain; leave a wide margin above the limit that the briefing asks for.
 * @param objective.ms milliseconds
 */
export function callsGivenUp(objective: {
  readonly ms: number;
  readonly during?: PhaseName;
  readonly name?: string;
}): Check {
  const { ms, during = 'incident', name = 'calls-given-up' } = objective;
  return defineCheck({
    name,
    claim: `no call to the fulfilment partner is open for more than ${ms} ms`,
    judge(evidence) {
      const calls = partnerCalls(evidence, during);
      const kept = calls.filter((call) => call.openMs > ms).length;
      const longest = Math.max(...calls.map((call) => call.openMs));
      return verdict(kept === 0, `${kept} of ${calls.length} calls were open for more than ${ms} ms`, [
        { label: 'kept open', value: kept, bound: 0, unit: 'calls' },
        { label: 'longest', value: longest, unit: 'ms' },
      ]);
    },
  });
}
