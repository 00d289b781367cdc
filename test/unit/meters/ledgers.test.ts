import { expect, test } from 'vitest';
import type { LedgerEntry } from '../../../harness/domain/evidence.ts';
import type { Sandbox, ThirdParty } from '../../../harness/domain/sandbox.ts';
import { ledgersMeter } from '../../../harness/meters/ledgers.ts';

test('each cut has what was recorded since the last, also after a ledger was emptied', async () => {
  const books: Record<ThirdParty['name'], LedgerEntry[]> = { payments: [], mail: [], fulfilment: [] };
  const record = (name: ThirdParty['name'], reference: string) => books[name].push({ at: 1, kind: 'k', reference });
  const party = (name: ThirdParty['name']) => ({ ledger: () => [...books[name]] });
  record('payments', 'before');
  const running = await ledgersMeter.start({
    payments: party('payments'),
    mail: party('mail'),
    fulfilment: party('fulfilment'),
  } as unknown as Sandbox);
  const references = async () =>
    Object.fromEntries(
      Object.entries(await running.cut()).map(([name, list]) => [name, list.map((e: LedgerEntry) => e.reference)]),
    );

  record('payments', 'a');
  record('mail', 'a');
  expect(await references()).toEqual({ payments: ['a'], mail: ['a'], fulfilment: [] });
  record('fulfilment', 'a');
  expect(await references()).toEqual({ payments: [], mail: [], fulfilment: ['a'] });
  books.payments = [];
  record('payments', 'b');
  expect(await references()).toEqual({ payments: ['b'], mail: [], fulfilment: [] });
});
