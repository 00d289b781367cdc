import type { Check } from '../domain/verdict.ts';
import { surveyedWork, type WorkObjective } from './surveyed-work.ts';

/** A request, sent alone with warm caches, runs at most this many SQL statements (transaction control is not counted). */
export function statementsPerRequest(objective: WorkObjective): Check {
  const claim = (atMost: number) => `runs at most ${atMost} SQL statements`;
  return surveyedWork({ check: 'statements-per-request', figure: 'statements', unit: 'statements', claim }, objective);
}
