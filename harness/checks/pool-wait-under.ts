import type { PhaseName } from '../domain/evidence.ts';
import type { Check } from '../domain/verdict.ts';
import { defineCheck, required, verdict } from './define-check.ts';
import { unlessContended } from './unless-contended.ts';

/** 95 of 100 times, the app gets a database connection from its pool within `ms` milliseconds (as the app's own histogram says). */
export function poolWaitUnder(objective: {
  readonly ms: number;
  readonly during?: PhaseName;
  readonly name?: string;
}): Check {
  const { ms, during = 'incident', name = 'pool-wait-under' } = objective;
  return defineCheck({
    name,
    claim: `p95 of waiting for a database connection is at most ${ms} ms in the ${during} phase`,
    judge(evidence) {
      const { poolWaitP95Ms, maxPoolWaiting } = required(evidence.phases[during].app, 'the app’s metrics');
      const value = Math.round(poolWaitP95Ms * 10) / 10;
      const measured = verdict(poolWaitP95Ms <= ms, `p95 pool wait was ${value} ms; the bound is ${ms} ms`, [
        { label: 'pool wait p95', value, bound: ms, unit: 'ms' },
        { label: 'waiting at most', value: maxPoolWaiting, unit: 'requests' },
      ]);
      return unlessContended(evidence, during, measured);
    },
  });
}
