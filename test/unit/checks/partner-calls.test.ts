import { describe, expect, it } from 'vitest';
import { callsAtOnce } from '../../../harness/checks/calls-at-once.ts';
import { callsGivenUp } from '../../../harness/checks/calls-given-up.ts';
import { callsPerPayment } from '../../../harness/checks/calls-per-payment.ts';
import { confirmedMeanwhile } from '../../../harness/checks/confirmed-meanwhile.ts';
import type { FaultRecord, LedgerEntry } from '../../../harness/domain/evidence.ts';
import { incidentWith, present } from './evidence.ts';

const call = (reference: string, openMs: number, atOnce: number): LedgerEntry => ({
  at: 0,
  kind: 'call',
  reference,
  detail: { openMs, atOnce, answered: false },
});
const partnerSaw = (...fulfilment: LedgerEntry[]) =>
  incidentWith({ ledgers: present({ payments: [], mail: [], fulfilment }) });

describe('calls to the fulfilment partner', () => {
  const calls = partnerSaw(call('p1', 500, 1), call('p1', 510, 2), call('p2', 3_000, 3));

  it('are held against the bound, which itself is allowed', () => {
    expect(callsAtOnce({ atMost: 3 }).judge(calls).outcome).toBe('pass');
    expect(callsAtOnce({ atMost: 2 }).judge(calls).outcome).toBe('fail');
    expect(callsPerPayment({ atMost: 2 }).judge(calls).outcome).toBe('pass');
    expect(callsPerPayment({ atMost: 1 }).judge(calls).outcome).toBe('fail');
    expect(callsGivenUp({ ms: 3_000 }).judge(calls).outcome).toBe('pass');
    expect(callsGivenUp({ ms: 2_999 }).judge(calls).summary).toBe('1 of 3 calls were open for more than 2999 ms');
  });

  it('are not the other entries of the ledger', () => {
    const shipped = partnerSaw({ at: 0, kind: 'shipment', reference: 'p1' });
    expect(callsAtOnce({ atMost: 3 }).judge(shipped).outcome).toBe('inconclusive');
  });
});

describe('confirmed-meanwhile', () => {
  const check = confirmedMeanwhile({ faults: ['slow', 'silent'], graceMs: 1_000 });
  const fault = (name: string, injectedAt: number, undoneAt?: number): FaultRecord => ({
    name,
    summary: '',
    injectedAt,
    ...(undoneAt !== undefined && { undoneAt }),
  });
  const paidAt = (at: number, confirmedAt: number | undefined, faults: readonly FaultRecord[]) =>
    check.judge(
      incidentWith(
        {
          ledgers: present({
            payments: [{ at, kind: 'payment.succeeded', reference: 'p1' }],
            mail: confirmedAt === undefined ? [] : [{ at: confirmedAt, kind: 'message', reference: 'p1' }],
            fulfilment: [],
          }),
        },
        { faults },
      ),
    ).outcome;
  const outage = [fault('slow', 1_000, 6_000), fault('silent', 2_000, 5_000), fault('other', 0, 9_000)];

  it.each([
    ['confirmed before the first of the faults ended', 3_000, 5_000, 'pass'],
    ['confirmed afterwards', 3_000, 5_001, 'fail'],
    ['never confirmed', 1_000, undefined, 'fail'],
    ['paid before the first fault', 999, undefined, 'inconclusive'],
    ['paid too shortly before the end', 4_001, undefined, 'inconclusive'],
  ])('a payment that is %s', (_, at, confirmedAt, outcome) => {
    expect(paidAt(at, confirmedAt, outage)).toBe(outcome);
  });

  it('has no verdict when the faults were not injected or did not end', () => {
    expect(paidAt(3_000, undefined, [fault('other', 0, 9_000)])).toBe('inconclusive');
    expect(paidAt(3_000, undefined, [fault('slow', 1_000, 2_000), fault('silent', 2_000)])).toBe('inconclusive');
  });
});
