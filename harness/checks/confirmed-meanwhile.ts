import type { Evidence } from '../domain/evidence.ts';
import type { Check } from '../domain/verdict.ts';
import { defineCheck, inconclusive, required, verdict } from './define-check.ts';
import { unlessContended } from './unless-contended.ts';

/**
 * While faults are in force, work goes on that does not need what they took away: whoever paid then, but for the last `graceMs` of it, had the
 * confirmation from the mail provider before it was over. It counts the confirmations that were not sent by then, which is a claim of time: see `unlessContended`.
 * @param objective.faults names of the faults; it lasts from the beginning of the first to the first end of one
 * @param objective.graceMs milliseconds a confirmation may take, generously
 */
export function confirmedMeanwhile(objective: {
  readonly faults: readonly string[];
  readonly graceMs: number;
  readonly name?: string;
}): Check {
  const { faults, graceMs, name = 'confirmed-meanwhile' } = objective;
  return defineCheck({
    name,
    claim: `whoever paid during the outage, except in its last ${graceMs} ms, has a confirmation before it is over`,
    judge(evidence) {
      const { payments, mail } = required(evidence.phases.incident.ledgers, 'the partners’ ledgers');
      const { from, to } = timeInForce(evidence, faults);
      const paid = payments.filter(({ kind, at }) => kind === 'payment.succeeded' && at >= from && at <= to - graceMs);
      if (paid.length === 0) inconclusive('no payment succeeded during the outage');
      const confirmed = new Set(
        mail.filter(({ kind, at }) => kind === 'message' && at <= to).map(({ reference }) => reference),
      );
      const without = paid.filter(({ reference }) => !confirmed.has(reference)).length;
      const measured = verdict(
        without === 0,
        `${without} of ${paid.length} payments were not confirmed during the outage`,
        [
          { label: 'not confirmed', value: without, bound: 0, unit: 'payments' },
          { label: 'counted', value: paid.length, unit: 'payments' },
        ],
      );
      return unlessContended(evidence, 'incident', measured);
    },
  });
}

function timeInForce(evidence: Evidence, names: readonly string[]) {
  const records = evidence.faults.filter(({ name }) => names.includes(name));
  const ends = records.flatMap(({ undoneAt }) => undoneAt ?? []);
  if (records.length === 0) inconclusive(`${names.join(', ')} was not injected`);
  if (ends.length < records.length) inconclusive(`${names.join(', ')} did not end`);
  return { from: Math.min(...records.map(({ injectedAt }) => injectedAt)), to: Math.min(...ends) };
}
