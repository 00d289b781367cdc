import type { Harm } from '../domain/harm.ts';
import { formatDuration, formatNumber } from './format.ts';

/** Harm in half a sentence: `12 of 340 requests failed (3.5 %), p95 was 1,200 ms at worst, …`. */
export function describeHarm({ requests, failed, failedShare, heldUp, jobsFailed, worstP95Ms }: Harm): string {
  return [
    failed === 0
      ? `none of ${formatNumber(requests)} requests failed`
      : `${formatNumber(failed)} of ${formatNumber(requests)} requests failed (${formatNumber(failedShare * 100)} %)`,
    `p95 was ${formatNumber(Math.round(worstP95Ms))} ms at worst`,
    ...(heldUp.seconds === 0
      ? []
      : [`up to ${heldUp.atOnce} statements waited for a table, for ${formatDuration(heldUp.longestMs)} at most`]),
    ...(jobsFailed === 0 ? [] : [`${formatNumber(jobsFailed)} jobs failed`]),
  ].join(', ');
}
