import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { usageError } from '../../domain/errors.ts';
import type { PlanSeen } from '../../domain/evidence.ts';
import { loggedPlans } from '../../meters/plan-log.ts';
import { readLog } from '../../meters/read-log.ts';
import { readJournal } from '../../run/journal.ts';
import type { FoundRun } from '../runs/find-run.ts';

/** The plans of the app's slow statements that the server logged, oldest first, also while the run goes on. None where no log can be read. */
export async function readPlans({ directory }: FoundRun): Promise<readonly PlanSeen[]> {
  const logged = readJournal(join(directory, 'events.jsonl')).find((event) => event.type === 'plans.logged');
  if (logged === undefined || !existsSync(logged.file)) return [];
  const { text } = await readLog(logged.file, 0);
  return [...loggedPlans(text, logged.role)];
}

/** The same for who wants nothing else. Throws `NO_PLANS`. */
export async function requirePlans(found: FoundRun): Promise<readonly PlanSeen[]> {
  const plans = await readPlans(found);
  if (plans.length > 0) return plans;
  throw usageError(
    'NO_PLANS',
    `No plan of a slow statement of ${found.run} is in a log that can be read.`,
    'Statements from 50 ms on are logged, one in four, by a server that gameday started. Other plans: gameday explain "<query>"',
  );
}
