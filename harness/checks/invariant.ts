import type { PhaseName } from '../domain/evidence.ts';
import type { Check } from '../domain/verdict.ts';
import { defineCheck, inconclusive, nameOf, required, verdict } from './define-check.ts';
import { unlessUnfinished } from './unless-unfinished.ts';

/**
 * An invariant of the scenario holds at the end of the phase: its query returns no row. See `unlessUnfinished`.
 * @param objective.name the invariant's name; the check is called `invariant:<name>`
 */
export function invariant(objective: {
  readonly name: string;
  readonly claim?: string;
  readonly during?: PhaseName;
}): Check {
  const { name, claim = `the invariant ${name} holds`, during = 'incident' } = objective;
  return defineCheck({
    name: nameOf('invariant', name),
    claim,
    judge(evidence) {
      const found = required(evidence.phases[during].invariants, 'the invariants').find(
        (figures) => figures.name === name,
      );
      if (found === undefined) return inconclusive(`the scenario has no invariant ${name}`);
      const { violations, examples } = found;
      const example = examples[0] === undefined ? '' : `, for example ${examples[0]}`;
      const measured = verdict(
        violations === 0,
        violations === 0 ? 'no row violates it' : `${violations} rows violate it${example}`,
        [{ label: 'violations', value: violations, bound: 0, unit: 'rows' }],
      );
      return unlessUnfinished(evidence, during, measured);
    },
  });
}
