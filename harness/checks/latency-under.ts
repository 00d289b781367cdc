import type { LoadReading, PhaseName } from '../domain/evidence.ts';
import type { Check } from '../domain/verdict.ts';
import { boundOf, defineCheck, inconclusive, nameOf, verdict } from './define-check.ts';
import { requestsOf, subjectOf } from './requests-of.ts';
import { unlessContended } from './unless-contended.ts';

export interface LatencyObjective {
  /** A request of the workload by name. Default: all requests together. */
  readonly request?: string;
  /** The bound in milliseconds, from the intended start of a request to its answer. */
  readonly ms: number;
  readonly during?: PhaseName;
  readonly name?: string;
}

/**
 * The percentile of latency is at most `ms`.
 *
 * Fails only when it is beyond the bound even after taking off how late the load engine itself was (p99 of send lateness): in between, engine
 * and app can't be told apart and the verdict is inconclusive. A request that timed out has no latency but was slower than any bound, so with
 * enough of them the percentile is one of them. So were those that still waited at the end of the phase, when there are more than can have begun to wait within the
 * bound: an app that answers only what is easy must not look fast. Other unanswered requests are the error rate's business. See also `unlessContended`.
 */
export function latencyUnder(percentile: 'p95' | 'p99', objective: LatencyObjective): Check {
  const { request, ms, during = 'incident', name = nameOf(`${percentile}-under`, request) } = objective;
  const beyond = percentile === 'p95' ? 0.05 : 0.01;
  return defineCheck({
    name,
    claim: `${percentile} of ${subjectOf(request)} is at most ${ms} ms in the ${during} phase`,
    ...boundOf(during, percentile, ms, request),
    judge(evidence) {
      const { load, figures, finished } = requestsOf(evidence, during, request);
      const value = figures[percentile];
      const bounded = { label: percentile, value, bound: ms, unit: 'ms' };
      const timeouts = figures.errors.timeout ?? 0;
      // How many of them wait is known of all requests together only.
      const overdue = request === undefined ? overdueIn(load, finished, ms) : 0;
      const all = finished + overdue;
      if ((timeouts + overdue) / all > beyond) {
        const late = [
          { label: 'timed out', value: timeouts, unit: 'requests' },
          { label: 'still waited', value: overdue, unit: 'requests' },
        ].filter(({ value }) => value > 0);
        const words = late.map(({ label, value }) => `${value} ${label}`).join(' and ');
        const summary = `of ${all} ${subjectOf(request)}, ${words}, so ${percentile} is beyond ${ms} ms`;
        return unlessContended(evidence, during, verdict(false, summary, [bounded, ...late]));
      }
      const answered = figures.ok > 0 || Object.keys(figures.errors).some((kind) => /^\d{3}$/.test(kind));
      if (!answered) inconclusive(`none of ${finished} ${subjectOf(request)} was answered`);

      const lateness = load.sendLatenessP99Ms;
      const measured = [bounded, { label: 'send lateness p99', value: lateness, unit: 'ms' }];
      const summary = `${percentile} of ${subjectOf(request)} was ${round(value)} ms; the bound is ${ms} ms`;
      if (value <= ms) return verdict(true, summary, measured);
      if (value - lateness > ms) return unlessContended(evidence, during, verdict(false, summary, measured));
      return inconclusive(`${summary}, but the load engine itself was up to ${round(lateness)} ms late`, measured);
    },
  });
}

/** Twice as many as arrive within the bound on average, because the rate can change. */
const ARRIVING_FACTOR = 2;

/** Requests without an answer at the end of the phase, less those that may have waited for no longer than `ms`. */
function overdueIn({ intended, dropped, exhausted, seconds }: LoadReading, finished: number, ms: number): number {
  const sent = intended - dropped - exhausted;
  const arriving = Math.ceil((ARRIVING_FACTOR * sent * ms) / 1_000 / seconds);
  return Math.max(0, sent - finished - arriving);
}

function round(ms: number): number {
  return Number(ms.toPrecision(3));
}
