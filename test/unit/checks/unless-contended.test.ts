import { describe, expect, test } from 'vitest';
import { changesShownWithin } from '../../../harness/checks/changes-shown-within.ts';
import { confirmedMeanwhile } from '../../../harness/checks/confirmed-meanwhile.ts';
import { errorRateUnder } from '../../../harness/checks/error-rate-under.ts';
import { exactlyOnce } from '../../../harness/checks/exactly-once.ts';
import { invariant } from '../../../harness/checks/invariant.ts';
import { p95Under } from '../../../harness/checks/p95-under.ts';
import { poolWaitUnder } from '../../../harness/checks/pool-wait-under.ts';
import { queueDrained } from '../../../harness/checks/queue-drained.ts';
import { revokedWithin } from '../../../harness/checks/revoked-within.ts';
import { webhooksAcknowledged } from '../../../harness/checks/webhooks-acknowledged.ts';
import type { Evidence, FaultRecord, PhaseEvidence } from '../../../harness/domain/evidence.ts';
import type { Check } from '../../../harness/domain/verdict.ts';
import { contended, figures, incidentWith, load, machine, present } from './evidence.ts';

type Readings = Partial<PhaseEvidence> & Partial<Pick<Evidence, 'faults'>>;

const judge = (check: Check, { faults = [], ...readings }: Readings, reading: PhaseEvidence['machine']) =>
  check.judge(incidentWith({ ...readings, machine: reading }, { faults }));

const requests = (given: Parameters<typeof figures>[0], dropped = 0): Readings => ({
  load: load({ all: figures(given), dropped }),
});
const poolWait = (poolWaitP95Ms: number): Readings => ({
  app: present({ poolWaitP95Ms, maxPoolWaiting: 3, maxPoolTotal: 10, caches: {} }),
});
const effect = (name: string, finding: string, delays: readonly number[]): Readings => {
  const fault: FaultRecord = { name, summary: '', injectedAt: 0, findings: { [finding]: delays } };
  return { faults: [fault] };
};
const jobs = (given: { waiting?: number; failed?: number }): Readings => ({
  queues: present({ orders: { waiting: 0, active: 0, delayed: 0, failed: 0, completed: 9, ...given } }),
});
const tries = (...reasons: readonly (string | undefined)[]): Readings => ({
  ledgers: present({
    payments: reasons.map((reason, copy) => ({
      at: copy,
      kind: reason === undefined ? 'webhook.delivered' : 'webhook.failed',
      reference: 'p1',
      detail: { event: 'e1', copy, attempt: 1, ...(reason !== undefined && { reason }) },
    })),
    mail: [],
    fulfilment: [],
  }),
});

/** One payment at second 1 of an outage of ten seconds, and the messages about it at these seconds. */
const messages = (...seconds: readonly number[]): Readings => ({
  ledgers: present({
    payments: [{ at: 1_000, kind: 'payment.succeeded', reference: 'p1' }],
    mail: seconds.map((second) => ({ at: second * 1_000, kind: 'message', reference: 'p1' })),
    fulfilment: [],
  }),
  faults: [{ name: 'third-party-down', summary: '', injectedAt: 0, undoneAt: 10_000 }],
});
const rows = (violations: number): Readings => ({
  invariants: present([{ name: 'complete', violations, examples: [] }]),
});
const unfinished = { unfinished: true } as const;
const oneMessage = exactlyOnce({ per: 'payment', ledgers: ['mail'] });
const meanwhile = confirmedMeanwhile({ faults: ['third-party-down'], graceMs: 2_000 });

describe.each([
  ['a slow percentile', p95Under({ ms: 500 }), requests({ p95: 694 }), requests({ p95: 500 })],
  ['requests that timed out', p95Under({ ms: 500 }), requests({ ok: 80, errors: { timeout: 20 } }), requests({})],
  ['a wait for the pool', poolWaitUnder({ ms: 20 }), poolWait(21), poolWait(20)],
  [
    'a late refusal',
    revokedWithin({ ms: 2_000 }),
    effect('user-bans', 'refusedAfterMs', [2_001, -1]),
    effect('user-bans', 'refusedAfterMs', [2_000]),
  ],
  [
    'a change that shows late',
    changesShownWithin({ ms: 2_000 }),
    effect('record-changes', 'shownAfterMs', [2_001]),
    effect('record-changes', 'shownAfterMs', [2_000]),
  ],
  [
    'errors that are timeouts and dropped arrivals',
    errorRateUnder({ share: 0.1 }),
    requests({ ok: 85, errors: { timeout: 8, 500: 7 } }, 10),
    requests({ ok: 100 }),
  ],
  ['jobs that still wait', queueDrained(), jobs({ waiting: 3 }), jobs({})],
  ['a confirmation that came after the outage', meanwhile, messages(11), messages(9)],
  ['a message that is missing while work is not done', oneMessage, { ...messages(), ...unfinished }, messages(9)],
  [
    'rows that are wrong while work is not done',
    invariant({ name: 'complete' }),
    { ...rows(2), ...unfinished },
    rows(0),
  ],
  ['webhooks that were answered too late', webhooksAcknowledged(), tries('timeout', undefined), tries(undefined)],
] as const)('%s', (_, check, bad, good) => {
  test('fails on a machine of its own, also a busy one', () => {
    expect(judge(check, bad, machine({ idle: 12 })).outcome).toBe('fail');
    expect(judge(check, bad, machine({})).outcome).toBe('fail');
  });

  test('fails when other programs were not measured', () => {
    expect(judge(check, bad, { ok: false, reason: 'not Linux' }).outcome).toBe('fail');
  });

  test('is inconclusive while other programs have the machine, with the figures', () => {
    const failed = judge(check, bad, machine({}));
    const { outcome, excused, summary, figures: shown } = judge(check, bad, contended);
    expect({ outcome, excused }).toEqual({ outcome: 'inconclusive', excused: true });
    expect(summary).toBe(
      `${failed.summary}, but other programs took 1.0 of 2 cores and the machine had nothing left: close them and submit again`,
    );
    expect(shown).toEqual([
      ...failed.figures,
      { label: 'taken by other programs', value: 1, unit: 'cores' },
      { label: 'machine idle', value: 0, unit: '%' },
    ]);
  });

  test('that is not there passes on any machine', () => {
    expect(judge(check, good, contended)).toEqual(judge(check, good, machine({ idle: 12 })));
    expect(judge(check, good, contended).outcome).toBe('pass');
  });
});

test('the phase that is judged is the one that counts', () => {
  const evidence = incidentWith({ ...requests({ p95: 694 }), machine: machine({}) });
  const steady = { ...evidence.phases.incident, machine: contended };
  const both = { ...evidence, phases: { ...evidence.phases, steady } };
  expect(p95Under({ ms: 500 }).judge(both).outcome).toBe('fail');
  expect(p95Under({ ms: 500, during: 'steady' }).judge(both).outcome).toBe('inconclusive');
});

test.each([
  [
    'errors that the app answered',
    errorRateUnder({ share: 0.1 }),
    requests({ ok: 80, errors: { 500: 11, timeout: 9 } }),
  ],
  ['jobs that failed', queueDrained(), jobs({ waiting: 3, failed: 1 })],
  ['a message that is missing when all is done', oneMessage, messages()],
  ['a message that came twice', oneMessage, { ...messages(3, 4), ...unfinished }],
  ['rows that are wrong when all is done', invariant({ name: 'complete' }), rows(2)],
  ['a webhook that was refused', webhooksAcknowledged(), tries('timeout', 'status')],
] as const)('%s are counted, not timed: a busy machine excuses nothing', (_, check, bad) => {
  expect(judge(check, bad, contended).outcome).toBe('fail');
});
