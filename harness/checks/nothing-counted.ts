import type { Check } from '../domain/verdict.ts';
import { defineCheck, verdict } from './define-check.ts';
import { findingsOf } from './findings-of.ts';

/** Something that a fault counts each time it tries, and that should be zero each time. */
interface Counted {
  readonly name: string;
  readonly claim: string;
  readonly fault: string;
  /** The fault's finding: a number per try. */
  readonly finding: string;
  /** What a try is called, and what is wrong with one that counted something. */
  readonly tries: string;
  readonly wrong: string;
}

/** No try of the fault counted anything. Without any try, the verdict is inconclusive. */
export function nothingCounted({ name, claim, fault, finding, tries, wrong }: Counted): Check {
  return defineCheck({
    name,
    claim,
    judge(evidence) {
      const counts = findingsOf(evidence, fault, finding);
      const bad = counts.filter((count) => count > 0).length;
      return verdict(bad === 0, `${bad} of ${counts.length} ${tries} ${wrong}`, [
        { label: `${tries} that ${wrong}`, value: bad, bound: 0, unit: tries },
      ]);
    },
  });
}
