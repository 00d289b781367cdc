import type { Evidence, PhaseName } from '../domain/evidence.ts';
import type { Verdict } from '../domain/verdict.ts';
import { unlessContended } from './unless-contended.ts';

/**
 * The verdict of a check on what is there when asynchronous work is done: where that work was not done by the end of the phase, it was short of time, see `unlessContended`. What is
 * missing once all is done is missing on any machine.
 */
export function unlessUnfinished(evidence: Evidence, during: PhaseName, verdict: Verdict): Verdict {
  return evidence.phases[during].unfinished ? unlessContended(evidence, during, verdict) : verdict;
}
