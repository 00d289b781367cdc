import { usageError } from '../../domain/errors.ts';
import type { PlanSeen } from '../../domain/evidence.ts';
import { recordedPlans } from '../../run/recorded-plans.ts';
import type { FoundRun } from '../runs/find-run.ts';

/** The plans of the app's slow statements that the server logged, for who wants nothing else. Throws `NO_PLANS`. */
export async function requirePlans({ run, directory }: FoundRun): Promise<readonly PlanSeen[]> {
  const plans = await recordedPlans(directory);
  if (plans.length > 0) return plans;
  throw usageError(
    'NO_PLANS',
    `No plan of a slow statement of ${run} is in a log that can be read.`,
    'Statements from 50 ms on are logged, one in four, by a server that gameday started. Other plans: gameday explain "<query>"',
  );
}
