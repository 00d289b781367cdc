import { messageOf } from '../domain/errors.ts';
import type { Evidence, PhaseName, Reading } from '../domain/evidence.ts';
import type { Check, Figure, Verdict } from '../domain/verdict.ts';
import type { LoadBound } from '../domain/workload.ts';

/** Thrown inside a judge when evidence is missing or too thin; `defineCheck` turns it into an inconclusive verdict. */
class Inconclusive extends Error {
  readonly figures: readonly Figure[];

  constructor(reason: string, figures: readonly Figure[]) {
    super(reason);
    this.figures = figures;
  }
}

/** Ends a judgement: the evidence does not allow one. */
export function inconclusive(reason: string, figures: readonly Figure[] = []): never {
  throw new Inconclusive(reason, figures);
}

/** The value of a reading; without one the judgement ends as inconclusive. */
export function required<T>(reading: Reading<T>, what: string): T {
  return reading.ok ? reading.value : inconclusive(`no reading of ${what}: ${reading.reason}`);
}

/** A verdict from a condition, its one line for people and its figures. */
export function verdict(passes: boolean, summary: string, figures: readonly Figure[]): Verdict {
  return { outcome: passes ? 'pass' : 'fail', summary, figures };
}

/** Makes a check whose judge never throws: what goes wrong while judging is inconclusive, with the reason. */
export function defineCheck(check: {
  readonly name: string;
  readonly claim: string;
  readonly bound?: LoadBound;
  readonly judge: (evidence: Evidence) => Verdict;
}): Check {
  return {
    ...check,
    judge(evidence) {
      try {
        return check.judge(evidence);
      } catch (error) {
        if (error instanceof Inconclusive) {
          return { outcome: 'inconclusive', summary: error.message, figures: error.figures };
        }
        return { outcome: 'inconclusive', summary: `the check itself failed: ${messageOf(error)}`, figures: [] };
      }
    },
  };
}

/** A check's name from its kind and, when there is one, what it is about: `p95-under:list-accounts`. */
export function nameOf(kind: string, subject?: string): string {
  return subject === undefined ? kind : `${kind}:${kebab(subject)}`;
}

/** A share of 1 as a figure in percent, to two decimals. */
export function percent(share: number): number {
  return Math.round(share * 10_000) / 100;
}

function kebab(text: string): string {
  return text
    .replace(/([a-z\d])([A-Z])/g, '$1-$2')
    .replace(/[^A-Za-z\d]+/g, '-')
    .replace(/^-|-$/g, '')
    .toLowerCase();
}

/** A bound for `Check.bound`; nothing for a check of another phase, because load tools know only the incident. */
export function boundOf(
  during: PhaseName,
  measure: LoadBound['measure'],
  atMost: number,
  request?: string,
): { readonly bound?: LoadBound } {
  return during === 'incident' ? { bound: { measure, atMost, ...(request !== undefined && { request }) } } : {};
}
