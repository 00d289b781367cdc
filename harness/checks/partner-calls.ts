import type { Evidence, PhaseName } from '../domain/evidence.ts';
import { inconclusive, required } from './define-check.ts';

/** One call of the app as the partner saw it, answered or not. */
export interface PartnerCall {
  /** The payment that it was about. */
  readonly reference: string;
  readonly openMs: number;
  /** Calls that were open when it came, itself included. */
  readonly atOnce: number;
}

/** The calls to the fulfilment partner that ended in the phase. Without any the verdict is inconclusive. */
export function partnerCalls({ phases }: Evidence, during: PhaseName): readonly PartnerCall[] {
  const { fulfilment } = required(phases[during].ledgers, 'the fulfilment partner’s ledger');
  const calls = fulfilment.filter(({ kind }) => kind === 'call');
  if (calls.length === 0) inconclusive(`nobody called the fulfilment partner in the ${during} phase`);
  return calls.map(({ reference, detail }) => ({
    reference,
    openMs: Number(detail?.openMs),
    atOnce: Number(detail?.atOnce),
  }));
}
