import type { PhaseName } from '../domain/evidence.ts';
import type { Check } from '../domain/verdict.ts';
import { defineCheck, required, verdict } from './define-check.ts';
import { requestsOf } from './requests-of.ts';

/** Over a whole phase, all SQL statements of the app (jobs included) divided by all requests that finished are at most this many. */
export function statementsPerRequestUnderLoad(objective: {
  readonly atMost: number;
  readonly during?: PhaseName;
  readonly name?: string;
}): Check {
  const { atMost, during = 'incident', name = 'statements-per-request-under-load' } = objective;
  return defineCheck({
    name,
    claim: `the app runs at most ${atMost} SQL statements per request in the ${during} phase`,
    judge(evidence) {
      const { finished } = requestsOf(evidence, during, undefined);
      const { calls } = required(evidence.phases[during].statements, 'SQL statements');
      const value = Math.round((calls / finished) * 100) / 100;
      return verdict(
        value <= atMost,
        `${calls} statements for ${finished} requests: ${value} each; the bound is ${atMost}`,
        [{ label: 'statements per request', value, bound: atMost, unit: 'statements' }],
      );
    },
  });
}
