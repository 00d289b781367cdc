import type { PhaseName } from '../domain/evidence.ts';
import type { Check } from '../domain/verdict.ts';
import { defineCheck, inconclusive, nameOf, required, verdict } from './define-check.ts';
import { originLoads } from './origin-loads.ts';

/**
 * However many requests want the same thing, the database is asked for it a few times at most: reads of `table` in the phase, divided by the
 * distinct rows that the load drew from `pools` (one row, one key), are at most this many.
 */
export function originLoadsPerKey(objective: {
  readonly table: string;
  readonly pools: readonly string[];
  readonly atMost: number;
  readonly during?: PhaseName;
  readonly name?: string;
}): Check {
  const { table, pools, atMost, during = 'incident', name = nameOf('origin-loads-per-key', table) } = objective;
  const named = pools.join(' and ');
  return defineCheck({
    name,
    claim: `each of the ${named} asked for is loaded from ${table} at most ${atMost} times in the ${during} phase`,
    judge(evidence) {
      const load = required(evidence.phases[during].load, `the load in the ${during} phase`);
      const keys = pools.reduce((sum, pool) => sum + (load.distinctRows[pool] ?? 0), 0);
      if (keys === 0) inconclusive(`none of the ${named} was drawn in the ${during} phase`);
      const loads = originLoads(evidence, during, table);
      const perKey = Math.round((loads / keys) * 100) / 100;
      return verdict(
        perKey <= atMost,
        `${loads} reads of ${table} for ${keys} distinct ${named}: ${perKey} each; the bound is ${atMost}`,
        [{ label: 'loads per key', value: perKey, bound: atMost, unit: 'loads' }],
      );
    },
  });
}
