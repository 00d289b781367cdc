import type { Check } from '../domain/verdict.ts';
import { defineCheck, inconclusive, verdict } from './define-check.ts';

/** The version to be judged has taken the place of the one that was running: its migrations went through and all its processes got ready. */
export function rolledOut(): Check {
  return defineCheck({
    name: 'rolled-out',
    claim: 'the roll-out goes through: every migration, then every process',
    judge({ rollOut }) {
      if (rollOut === undefined) return inconclusive('nothing was rolled out');
      const seconds = Math.round((rollOut.endedAt - rollOut.startedAt) / 100) / 10;
      const { refused } = rollOut;
      return verdict(
        refused === undefined,
        refused === undefined
          ? `it was through after ${seconds} s`
          : `it was refused at ${refused.stage} after ${seconds} s: ${refused.problem}`,
        [
          { label: 'refused', value: refused === undefined ? 0 : 1, bound: 0, unit: 'roll-outs' },
          { label: 'took', value: seconds, unit: 's' },
        ],
      );
    },
  });
}
