import type { PhaseName } from '../domain/evidence.ts';
import type { Check } from '../domain/verdict.ts';
import { defineCheck, nameOf, percent, verdict } from './define-check.ts';
import { originLoads } from './origin-loads.ts';
import { requestsOf, subjectOf } from './requests-of.ts';

/**
 * At least this share (0 to 1) of the requests is served without reading `table` from the database: 1 - reads / finished requests. Counted at
 * the database, so that it holds for any cache, also one that keeps no statistics.
 */
export function cacheHitRateOver(objective: {
  readonly table: string;
  readonly share: number;
  /** Only these requests of the workload. Default: all. */
  readonly request?: string;
  readonly during?: PhaseName;
  readonly name?: string;
}): Check {
  const { table, share, request, during = 'incident', name = nameOf('cache-hit-rate-over', table) } = objective;
  return defineCheck({
    name,
    claim: `at least ${percent(share)} % of ${subjectOf(request)} are served without reading ${table} in the ${during} phase`,
    judge(evidence) {
      const { finished } = requestsOf(evidence, during, request);
      const loads = originLoads(evidence, during, table);
      const rate = Math.max(0, 1 - loads / finished);
      return verdict(
        rate >= share,
        `${loads} reads of ${table} for ${finished} requests: ${percent(rate)} % hits; the bound is ${percent(share)} %`,
        // What the cache does is seen in what it lets through: between 88 and 99 % lies a factor of twelve.
        [{ label: 'misses', value: percent(1 - rate), bound: percent(1 - share), unit: '%' }],
      );
    },
  });
}
