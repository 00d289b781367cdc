import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { PlanSeen } from '../domain/evidence.ts';
import { loggedPlans } from '../meters/plan-log.ts';
import { readLog } from '../meters/read-log.ts';
import { readJournal } from './journal.ts';

/** The plans of the app's slow statements that the server logged, oldest first, also while the run goes on. None where no log can be read. */
export async function recordedPlans(directory: string): Promise<readonly PlanSeen[]> {
  const logged = readJournal(join(directory, 'events.jsonl')).find((event) => event.type === 'plans.logged');
  if (logged === undefined || !existsSync(logged.file)) return [];
  const { text } = await readLog(logged.file, 0);
  return [...loggedPlans(text, logged.role)];
}
