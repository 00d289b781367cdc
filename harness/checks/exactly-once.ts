import type { LedgerEntry, PhaseName } from '../domain/evidence.ts';
import type { Check } from '../domain/verdict.ts';
import { defineCheck, inconclusive, required, verdict } from './define-check.ts';
import { unlessUnfinished } from './unless-unfinished.ts';

/** What each ledger calls the one thing that a payment must cause there. */
const effects = { mail: 'message', fulfilment: 'shipment' } as const;

export type EffectLedger = keyof typeof effects;

/**
 * Every payment that succeeded in the phase caused exactly one message (`mail`) and one shipment (`fulfilment`), as the partners themselves
 * recorded under the payment's id, however often its webhook was delivered. Work that is unfinished at the end of the phase counts as missing:
 * give the scenario time to settle. Where none is duplicated, see `unlessUnfinished`.
 */
export function exactlyOnce(objective: {
  readonly per: 'payment';
  readonly ledgers: readonly EffectLedger[];
  readonly during?: PhaseName;
  readonly name?: string;
}): Check {
  const { per, ledgers, during = 'incident', name = 'exactly-once' } = objective;
  return defineCheck({
    name,
    claim: `every ${per} causes exactly one ${ledgers.map((ledger) => effects[ledger]).join(' and one ')}`,
    judge(evidence) {
      const reading = required(evidence.phases[during].ledgers, 'the partners’ ledgers');
      const paid = new Set(reading.payments.filter(({ kind }) => kind === 'payment.succeeded').map((e) => e.reference));
      if (paid.size === 0) inconclusive(`no payment succeeded in the ${during} phase`);

      const wrong = ledgers.map((ledger) => ({ ledger, ...deviations(paid, reading[ledger], effects[ledger]) }));
      const figures = wrong.flatMap(({ ledger, missing, duplicated }) => [
        { label: `${ledger}: missing`, value: missing, bound: 0, unit: 'payments' },
        { label: `${ledger}: duplicated`, value: duplicated, bound: 0, unit: 'payments' },
      ]);
      const told = wrong.map(
        ({ ledger, missing, duplicated }) => `${ledger} ${missing} missing, ${duplicated} duplicated`,
      );
      const measured = verdict(
        wrong.every(({ missing, duplicated }) => missing === 0 && duplicated === 0),
        `of ${paid.size} payments: ${told.join('; ')}`,
        [...figures, { label: 'counted', value: paid.size, unit: 'payments' }],
      );
      return wrong.some(({ duplicated }) => duplicated > 0) ? measured : unlessUnfinished(evidence, during, measured);
    },
  });
}

function deviations(paid: ReadonlySet<string>, entries: readonly LedgerEntry[], kind: string) {
  const counts = new Map([...paid].map((reference) => [reference, 0]));
  for (const { kind: found, reference } of entries) {
    if (found === kind && paid.has(reference)) counts.set(reference, counts.get(reference)! + 1);
  }
  const tally = (matches: (count: number) => boolean) => [...counts.values()].filter(matches).length;
  return { missing: tally((count) => count === 0), duplicated: tally((count) => count > 1) };
}
