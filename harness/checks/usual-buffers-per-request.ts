import type { PhaseName } from '../domain/evidence.ts';
import type { Check } from '../domain/verdict.ts';
import { defineCheck, required, verdict } from './define-check.ts';
import { requestsOf } from './requests-of.ts';

/** A statement that runs less often than once in so many requests is no part of what requests usually do: a job, a start, somebody's rare errand. */
const usualIn = 12;

/**
 * What requests usually do looks at no more than this many of PostgreSQL's buffers (8 KiB pages) per request, over a whole phase: of the app's SQL statements those are counted
 * that run at least once in twelve requests, so that work in large portions beside the requests is not held against them.
 */
export function usualBuffersPerRequest(objective: {
  readonly atMost: number;
  readonly during?: PhaseName;
  readonly name?: string;
}): Check {
  const { atMost, during = 'incident', name = 'usual-buffers-per-request' } = objective;
  return defineCheck({
    name,
    claim: `what requests usually do looks at no more than ${atMost} database pages each in the ${during} phase`,
    judge(evidence) {
      const { finished } = requestsOf(evidence, during, undefined);
      const { statements } = required(evidence.phases[during].statements, 'SQL statements');
      const usual = statements.filter(({ calls }) => calls * usualIn >= finished);
      const buffers = usual.reduce((sum, statement) => sum + statement.buffers, 0);
      const value = Math.round((buffers / finished) * 10) / 10;
      return verdict(
        value <= atMost,
        `${buffers} pages by ${usual.length} usual statements for ${finished} requests: ${value} each; the bound is ${atMost}`,
        [{ label: 'pages per request', value, bound: atMost, unit: 'pages' }],
      );
    },
  });
}
