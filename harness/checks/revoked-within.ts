import type { Check } from '../domain/verdict.ts';
import { type EffectObjective, effectWithin } from './effect-within.ts';

/**
 * Everyone who lost access during the incident is refused within `ms` milliseconds.
 * @param objective.fault the fault that takes access away and measures `refusedAfterMs`; default `user-bans`
 */
export function revokedWithin(objective: EffectObjective): Check {
  return effectWithin(
    {
      check: 'revoked-within',
      fault: 'user-bans',
      finding: 'refusedAfterMs',
      claim: (ms) => `whoever loses access is refused within ${ms} ms`,
      counted: 'who lost access',
      failed: 'were never refused',
      labels: { never: 'never refused', slowest: 'slowest refusal' },
      unit: 'users',
    },
    objective,
  );
}
