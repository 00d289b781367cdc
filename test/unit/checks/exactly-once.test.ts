import { expect, test } from 'vitest';
import { exactlyOnce } from '../../../harness/checks/exactly-once.ts';
import type { LedgerEntry } from '../../../harness/domain/evidence.ts';
import { incidentWith, present } from './evidence.ts';

const entry = (kind: string, reference: string): LedgerEntry => ({ at: 0, kind, reference });
const paid = [entry('charge', 'p1'), entry('payment.succeeded', 'p1'), entry('payment.succeeded', 'p2')];
const check = exactlyOnce({ per: 'payment', ledgers: ['mail', 'fulfilment'] });
const judge = (mail: readonly string[], shipped: readonly string[], payments: readonly LedgerEntry[] = paid) =>
  check.judge(
    incidentWith({
      ledgers: present({
        payments,
        mail: mail.map((reference) => entry('message', reference)),
        fulfilment: shipped.map((reference) => entry('shipment', reference)),
      }),
    }),
  );

test('one message and one shipment per payment pass; what belongs to earlier payments is ignored', () => {
  expect(judge(['p2', 'p1', 'p0', 'p0'], ['p1', 'p2'])).toMatchObject({
    outcome: 'pass',
    figures: [
      { label: 'mail: missing', value: 0, bound: 0 },
      { label: 'mail: duplicated', value: 0, bound: 0 },
      { label: 'fulfilment: missing', value: 0 },
      { label: 'fulfilment: duplicated', value: 0 },
      { label: 'counted', value: 2 },
    ],
  });
});

test('missing and duplicated effects fail and are counted', () => {
  expect(judge(['p1', 'p1', 'p1'], ['p1', 'p2'])).toMatchObject({
    outcome: 'fail',
    figures: [{ value: 1 }, { value: 1 }, { value: 0 }, { value: 0 }, { value: 2 }],
  });
  expect(judge(['p1', 'p2'], ['p1', 'p2', 'p2']).outcome).toBe('fail');
});

test('a replay that the partner recognised is no second effect', () => {
  const mail = [entry('message', 'p1'), entry('message', 'p2'), entry('replay', 'p1')];
  const ledgers = present({ payments: paid, mail, fulfilment: [] });
  expect(exactlyOnce({ per: 'payment', ledgers: ['mail'] }).judge(incidentWith({ ledgers })).outcome).toBe('pass');
});

test('without a succeeded payment nothing can be said', () => {
  expect(judge([], [], [entry('charge', 'p1')]).outcome).toBe('inconclusive');
});
