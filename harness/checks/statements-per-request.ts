import type { Check } from '../domain/verdict.ts';
import { defineCheck, nameOf, verdict } from './define-check.ts';
import { surveyed } from './surveyed.ts';

/** A request, sent alone with warm caches, runs at most this many SQL statements (transaction control is not counted). */
export function statementsPerRequest(objective: {
  readonly request: string;
  readonly atMost: number;
  readonly name?: string;
}): Check {
  const { request, atMost, name = nameOf('statements-per-request', request) } = objective;
  return defineCheck({
    name,
    claim: `a request "${request}" runs at most ${atMost} SQL statements`,
    judge(evidence) {
      const { statements } = surveyed(evidence, request);
      return verdict(statements <= atMost, `${statements} statements per request; the bound is ${atMost}`, [
        { label: 'statements per request', value: statements, bound: atMost, unit: 'statements' },
      ]);
    },
  });
}
