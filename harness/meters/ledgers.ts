import type { LedgersReading } from '../domain/evidence.ts';
import type { Meter } from '../domain/meter.ts';

/** What the third parties did since the last cut, as they saw it themselves. */
export const ledgersMeter: Meter<LedgersReading> = {
  name: 'ledgers',
  async start({ payments, mail, fulfilment }) {
    const parties = { payments, mail, fulfilment };
    const seen = {
      payments: payments.ledger().length,
      mail: mail.ledger().length,
      fulfilment: fulfilment.ledger().length,
    };
    const since = (party: keyof typeof parties) => {
      const ledger = parties[party].ledger();
      // A shorter ledger was emptied in between: all of it is new.
      const from = ledger.length < seen[party] ? 0 : seen[party];
      seen[party] = ledger.length;
      return ledger.slice(from);
    };
    return {
      cut: async () => ({ payments: since('payments'), mail: since('mail'), fulfilment: since('fulfilment') }),
      stop: async () => {},
    };
  },
};
