import type { ServerResponse } from 'node:http';
import type { LedgerEntry } from '../domain/evidence.ts';

/**
 * Counts the calls that a party has open, and records each as a `call` when it ends: how long it was open, how many were with it when it came, itself
 * included, and whether it was answered. A call about several things is recorded under each. One that was not was given up by the caller, or dropped by the party.
 */
export function createOpenCalls(record: (kind: string, reference: string, detail: LedgerEntry['detail']) => void) {
  let open = 0;
  let life = {};
  return {
    opened(response: ServerResponse, references: readonly string[]): void {
      const [from, bornIn] = [performance.now(), life];
      open += 1;
      const atOnce = open;
      response.once('close', () => {
        open -= 1;
        // After `forget` the ledger belongs to a new start.
        if (bornIn !== life) return;
        const openMs = Math.round(performance.now() - from);
        const answered = response.writableFinished;
        for (const reference of references) record('call', reference, { openMs, atOnce, answered });
      });
    },
    forget(): void {
      life = {};
    },
  };
}
