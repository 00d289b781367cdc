import type { PhaseName } from '../domain/evidence.ts';
import type { Check } from '../domain/verdict.ts';
import { boundOf, defineCheck, nameOf, percent, verdict } from './define-check.ts';
import { requestsOf, subjectOf } from './requests-of.ts';
import { unlessContended } from './unless-contended.ts';

/**
 * At most this share (0 to 1) of the requests fails. Over all requests, arrivals that were dropped because too many were already waiting count
 * as failed: nobody served them. Arrivals for which the workload had no row left count as nothing. Where only timeouts and dropped arrivals make it
 * too many, the failure is one of time: see `unlessContended`.
 */
export function errorRateUnder(objective: {
  readonly request?: string;
  readonly share: number;
  readonly during?: PhaseName;
  readonly name?: string;
}): Check {
  const { request, share, during = 'incident', name = nameOf('error-rate-under', request) } = objective;
  return defineCheck({
    name,
    claim: `at most ${percent(share)} % of ${subjectOf(request)} fail in the ${during} phase`,
    ...boundOf(during, 'errors', share, request),
    judge(evidence) {
      const { load, figures, failed, finished } = requestsOf(evidence, during, request);
      const dropped = request === undefined ? load.dropped : 0;
      const rate = (failed + dropped) / (finished + dropped);
      const kinds = Object.entries({ ...figures.errors, dropped }).filter(([, count]) => count > 0);
      const named = kinds.map(([kind, count]) => `${kind}: ${count}`).join(', ');
      const because = named === '' ? '' : ` (${named})`;
      const measured = verdict(
        rate <= share,
        `${percent(rate)} % of ${finished + dropped} failed${because}; the bound is ${percent(share)} %`,
        [{ label: 'failed', value: percent(rate), bound: percent(share), unit: '%' }],
      );
      const refused = (failed - (figures.errors.timeout ?? 0)) / (finished + dropped);
      return refused > share ? measured : unlessContended(evidence, during, measured);
    },
  });
}
