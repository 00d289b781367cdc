import type { Evidence, PhaseName } from '../domain/evidence.ts';
import { required } from './define-check.ts';

/** How often the app read `table` from the database in the phase: calls of its SELECT statements that name the table after FROM or JOIN. */
export function originLoads({ phases }: Evidence, during: PhaseName, table: string): number {
  const { statements } = required(phases[during].statements, 'SQL statements');
  const reads = new RegExp(`\\b(?:from|join)\\s+(?:only\\s+)?(?:"?\\w+"?\\.)?"?${table}"?(?!\\w)`, 'i');
  return statements
    .filter(({ query }) => /^(?:select|with)\b/i.test(query) && reads.test(query))
    .reduce((sum, { calls }) => sum + calls, 0);
}
