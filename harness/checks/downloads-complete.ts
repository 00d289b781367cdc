import type { Check } from '../domain/verdict.ts';
import { defineCheck, verdict } from './define-check.ts';
import { findingsOf } from './findings-of.ts';
import { unlessContended } from './unless-contended.ts';

/**
 * Every file arrives whole, in time. When none is broken and some are merely late, the failure is one of time: see `unlessContended`.
 * @param options.fault the fault that downloads; default `downloads`
 */
export function downloadsComplete(options: { readonly fault?: string; readonly name?: string } = {}): Check {
  const { fault = 'downloads', name = 'downloads-complete' } = options;
  return defineCheck({
    name,
    claim: 'every file that customers download arrives whole and in time',
    judge(evidence) {
      const count = (finding: string) => findingsOf(evidence, fault, finding).filter((found) => found > 0).length;
      const tried = findingsOf(evidence, fault, 'incomplete').length;
      const incomplete = count('incomplete');
      const bad = incomplete + count('late');
      const measured = verdict(bad === 0, `${bad} of ${tried} downloads did not arrive whole and in time`, [
        { label: 'downloads that did not arrive whole and in time', value: bad, bound: 0, unit: 'downloads' },
      ]);
      return incomplete > 0 ? measured : unlessContended(evidence, 'incident', measured);
    },
  });
}
