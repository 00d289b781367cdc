import type { Check } from '../domain/verdict.ts';
import { type EffectObjective, effectWithin } from './effect-within.ts';

/**
 * What people change during the incident shows on every replica within `ms` milliseconds.
 * @param objective.fault the fault that makes the changes and measures `shownAfterMs`; default `record-changes`
 */
export function changesShownWithin(objective: EffectObjective): Check {
  return effectWithin(
    {
      check: 'changes-shown-within',
      fault: 'record-changes',
      finding: 'shownAfterMs',
      claim: (ms) => `what is changed shows within ${ms} ms`,
      counted: 'looks for a change',
      failed: 'never saw it',
      labels: { never: 'never shown', slowest: 'slowest to show' },
      unit: 'changes',
    },
    objective,
  );
}
