import { contentionOf, describeContention } from '../domain/contention.ts';
import type { Evidence, PhaseName } from '../domain/evidence.ts';
import type { Verdict } from '../domain/verdict.ts';
import { percent } from './define-check.ts';

/**
 * The verdict of a check whose claim is elapsed time: a failure is inconclusive when other programs contended for the machine in that phase, for
 * then nobody knows whom the time was lost to. A pass stays a pass. Never for counted work: that does not depend on how busy a machine is.
 */
export function unlessContended({ phases }: Evidence, during: PhaseName, verdict: Verdict): Verdict {
  const contention = verdict.outcome === 'fail' ? contentionOf(phases[during].machine) : undefined;
  if (contention === undefined) return verdict;
  return {
    outcome: 'inconclusive',
    excused: true,
    summary: `${verdict.summary}, but ${describeContention(contention)}: close them and submit again`,
    figures: [
      ...verdict.figures,
      { label: 'taken by other programs', value: Math.round(contention.foreignCores * 100) / 100, unit: 'cores' },
      { label: 'machine idle', value: percent(contention.idleShare), unit: '%' },
    ],
  };
}
