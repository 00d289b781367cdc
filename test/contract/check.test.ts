import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { answersMatch } from '../../harness/checks/answers-match.ts';
import { buffersPerCall } from '../../harness/checks/buffers-per-call.ts';
import { cacheHitRateOver } from '../../harness/checks/cache-hit-rate-over.ts';
import { callsAtOnce } from '../../harness/checks/calls-at-once.ts';
import { callsGivenUp } from '../../harness/checks/calls-given-up.ts';
import { callsPerPayment } from '../../harness/checks/calls-per-payment.ts';
import { changesShownWithin } from '../../harness/checks/changes-shown-within.ts';
import { confirmedMeanwhile } from '../../harness/checks/confirmed-meanwhile.ts';
import { downloadsComplete } from '../../harness/checks/downloads-complete.ts';
import { errorRateUnder } from '../../harness/checks/error-rate-under.ts';
import { eventLoopLagUnder } from '../../harness/checks/event-loop-lag-under.ts';
import { exactlyOnce } from '../../harness/checks/exactly-once.ts';
import { heldUp } from '../../harness/checks/held-up.ts';
import { invariant } from '../../harness/checks/invariant.ts';
import { memoryGrowthUnder } from '../../harness/checks/memory-growth-under.ts';
import { noSeqScanOver } from '../../harness/checks/no-seq-scan-over.ts';
import { originLoadsPerKey } from '../../harness/checks/origin-loads-per-key.ts';
import { p95Under } from '../../harness/checks/p95-under.ts';
import { p99Under } from '../../harness/checks/p99-under.ts';
import { poolWaitUnder } from '../../harness/checks/pool-wait-under.ts';
import { queueDrained } from '../../harness/checks/queue-drained.ts';
import { revokedWithin } from '../../harness/checks/revoked-within.ts';
import { rolledOut } from '../../harness/checks/rolled-out.ts';
import { sameResponses } from '../../harness/checks/same-responses.ts';
import { searchesFind } from '../../harness/checks/searches-find.ts';
import { statementsPerRequest } from '../../harness/checks/statements-per-request.ts';
import { statementsPerRequestUnderLoad } from '../../harness/checks/statements-per-request-under-load.ts';
import { tenantsApart } from '../../harness/checks/tenants-apart.ts';
import { usualBuffersPerRequest } from '../../harness/checks/usual-buffers-per-request.ts';
import { webhooksAcknowledged } from '../../harness/checks/webhooks-acknowledged.ts';
import { writeBuffersPerRow } from '../../harness/checks/write-buffers-per-row.ts';
import type { Evidence } from '../../harness/domain/evidence.ts';
import type { Check } from '../../harness/domain/verdict.ts';
import {
  contended,
  figures,
  incidentWith,
  load,
  noEvidence,
  present,
  statements,
  surveyedRequest,
} from '../unit/checks/evidence.ts';

const request = 'list accounts';

/** Every check that an author can use, by the name of its factory. */
const checks: Readonly<Record<string, Check>> = {
  p95Under: p95Under({ request, ms: 100 }),
  p99Under: p99Under({ request, ms: 100 }),
  errorRateUnder: errorRateUnder({ share: 0.01 }),
  statementsPerRequest: statementsPerRequest({ request, atMost: 6 }),
  statementsPerRequestUnderLoad: statementsPerRequestUnderLoad({ atMost: 6 }),
  buffersPerCall: buffersPerCall({ request, atMost: 600 }),
  noSeqScanOver: noSeqScanOver({ rows: 50_000 }),
  exactlyOnce: exactlyOnce({ per: 'payment', ledgers: ['mail', 'fulfilment'] }),
  originLoadsPerKey: originLoadsPerKey({ table: 'users', pools: ['users'], atMost: 2 }),
  cacheHitRateOver: cacheHitRateOver({ table: 'users', share: 0.8 }),
  revokedWithin: revokedWithin({ ms: 2_000 }),
  poolWaitUnder: poolWaitUnder({ ms: 20 }),
  sameResponses: sameResponses(),
  invariant: invariant({ name: 'one payment per order' }),
  queueDrained: queueDrained(),
  changesShownWithin: changesShownWithin({ ms: 2_000 }),
  webhooksAcknowledged: webhooksAcknowledged(),
  tenantsApart: tenantsApart(),
  searchesFind: searchesFind(),
  downloadsComplete: downloadsComplete(),
  eventLoopLagUnder: eventLoopLagUnder({ ms: 500 }),
  memoryGrowthUnder: memoryGrowthUnder({ mebibytes: 100 }),
  answersMatch: answersMatch(),
  usualBuffersPerRequest: usualBuffersPerRequest({ atMost: 6 }),
  writeBuffersPerRow: writeBuffersPerRow({ table: 'users', atMost: 50 }),
  callsAtOnce: callsAtOnce({ atMost: 20 }),
  callsGivenUp: callsGivenUp({ ms: 3_000 }),
  callsPerPayment: callsPerPayment({ atMost: 10 }),
  confirmedMeanwhile: confirmedMeanwhile({ faults: ['third-party-hangs'], graceMs: 2_000 }),
  heldUp: heldUp({ overMs: 1_000 }),
  rolledOut: rolledOut(),
};

const processes = (mebibytes: number) =>
  present([{ process: 'api-1', cpuSeconds: 1, maxRssBytes: mebibytes * 2 ** 20, eventLoopLagP99Ms: mebibytes }]);
const before = { processes: processes(100) };

const heldUpFor = (...waitsMs: readonly number[]) =>
  present({
    samples: 9,
    maxActive: 1,
    maxIdleInTransaction: 0,
    maxWaitingForLock: 1,
    waits: {},
    heldUp: { waitsMs, atOnce: 1 },
  });
const rollOut = { startedAt: 1_000, endedAt: 5_000, migrations: ['0007_more.sql'] };
const refused = { stage: 'migrate', problem: 'canceling statement due to lock timeout' } as const;

/** Evidence of a healthy app: every check passes on it. */
const healthy: Evidence = incidentWith(
  {
    load: load(),
    statements: statements(['SELECT * FROM users WHERE id = $1', 10], ['INSERT INTO users (id) VALUES ($1)', 20]),
    tables: present([
      { table: 'orders', liveRows: 500_000, seqScans: 0, seqRowsRead: 0, indexScans: 9, indexRowsRead: 9 },
    ]),
    queues: present({ orders: { waiting: 0, active: 0, delayed: 0, failed: 0, completed: 3 } }),
    processes: processes(120),
    app: present({ maxPoolWaiting: 0, maxPoolTotal: 5, poolWaitP95Ms: 1, caches: {} }),
    ledgers: present({
      payments: [
        { at: 0, kind: 'payment.succeeded', reference: 'p1' },
        { at: 1, kind: 'webhook.failed', reference: 'p1', detail: { event: 'e1', copy: 1, attempt: 1 } },
        { at: 2, kind: 'webhook.delivered', reference: 'p1', detail: { event: 'e1', copy: 1, attempt: 2 } },
      ],
      mail: [{ at: 0, kind: 'message', reference: 'p1' }],
      fulfilment: [
        { at: 0, kind: 'shipment', reference: 'p1' },
        { at: 4, kind: 'call', reference: 'p1', detail: { openMs: 4, atOnce: 1, answered: true } },
      ],
    }),
    invariants: present([{ name: 'one payment per order', violations: 0, examples: [] }]),
    activity: heldUpFor(90, 40),
  },
  {
    rollOut,
    survey: present([surveyedRequest()]),
    originalSurvey: present([surveyedRequest()]),
    faults: [
      { name: 'user-bans', summary: '', injectedAt: 0, findings: { refusedAfterMs: [40] } },
      { name: 'record-changes', summary: '', injectedAt: 0, findings: { shownAfterMs: [40] } },
      { name: 'tenant-searches', summary: '', injectedAt: 0, findings: { foreignValues: [0], misses: [0] } },
      { name: 'answer-audit', summary: '', injectedAt: 0, findings: { wrongDecisions: [0, 0] } },
      { name: 'downloads', summary: '', injectedAt: 0, findings: { incomplete: [0], late: [0] } },
      { name: 'third-party-hangs', summary: '', injectedAt: 0, undoneAt: 5_000 },
    ],
  },
  before,
);

/** Evidence of an app with everything wrong at once: every check fails on it. */
const broken: Evidence = incidentWith(
  {
    load: load({ all: figures({ ok: 80, errors: { 500: 20 }, p95: 900, p99: 950 }) }),
    statements: statements(
      ['SELECT * FROM users WHERE id = $1', 9_000],
      ['INSERT INTO users (id) VALUES ($1)', 20],
      ['UPDATE users SET name = $1', 9_000],
    ),
    tables: present([
      { table: 'orders', liveRows: 500_000, seqScans: 90, seqRowsRead: 45_000_000, indexScans: 0, indexRowsRead: 0 },
    ]),
    queues: present({ orders: { waiting: 3, active: 0, delayed: 0, failed: 1, completed: 3 } }),
    processes: processes(900),
    app: present({ maxPoolWaiting: 90, maxPoolTotal: 10, poolWaitP95Ms: 4_000, caches: {} }),
    ledgers: present({
      payments: [
        { at: 0, kind: 'payment.succeeded', reference: 'p1' },
        { at: 1, kind: 'webhook.delivered', reference: 'p1', detail: { event: 'e1', copy: 1, attempt: 1 } },
        { at: 2, kind: 'webhook.failed', reference: 'p1', detail: { event: 'e1', copy: 2, attempt: 1 } },
      ],
      mail: [],
      fulfilment: [
        ...[1, 2].map((at) => ({ at, kind: 'shipment', reference: 'p1' })),
        ...Array.from({ length: 30 }, (_, n) => ({
          at: 6_000,
          kind: 'call',
          reference: 'p1',
          detail: { openMs: 5_000, atOnce: n + 1, answered: false },
        })),
      ],
    }),
    invariants: present([{ name: 'one payment per order', violations: 2, examples: ['{}'] }]),
    activity: heldUpFor(4_000, 3_900, 90),
  },
  {
    rollOut: { ...rollOut, refused },
    survey: present([
      surveyedRequest({
        statements: 101,
        buffers: 18_000,
        answers: [{ method: 'GET', path: '/v1/accounts', status: 200, body: '{"items":[]}' }],
      }),
    ]),
    originalSurvey: present([surveyedRequest()]),
    faults: [
      { name: 'user-bans', summary: '', injectedAt: 0, findings: { refusedAfterMs: [-1] } },
      { name: 'record-changes', summary: '', injectedAt: 0, findings: { shownAfterMs: [-1] } },
      { name: 'tenant-searches', summary: '', injectedAt: 0, findings: { foreignValues: [0, 3], misses: [1] } },
      { name: 'answer-audit', summary: '', injectedAt: 0, findings: { wrongDecisions: [0, 1] } },
      { name: 'downloads', summary: '', injectedAt: 0, findings: { incomplete: [0, 1], late: [0, 0] } },
      { name: 'third-party-hangs', summary: '', injectedAt: 0, undoneAt: 5_000 },
    ],
  },
  before,
);

/** The same while other programs had the machine. */
const brokenOnBusyMachine: Evidence = {
  ...broken,
  phases: { ...broken.phases, incident: { ...broken.phases.incident, machine: contended } },
};

/** Checks that hold time against the app, as `broken` has it. All others count work. */
const timed = [
  'p95Under',
  'p99Under',
  'revokedWithin',
  'poolWaitUnder',
  'changesShownWithin',
  'eventLoopLagUnder',
  'confirmedMeanwhile',
];

test('every check of the family is examined here', () => {
  const folder = new URL('../../harness/checks/', import.meta.url);
  const building = [
    'define-check.ts',
    'effect-within.ts',
    'latency-under.ts',
    'nothing-counted.ts',
    'surveyed-work.ts',
  ];
  const factories = readdirSync(folder)
    .filter((file) => readFileSync(new URL(file, folder), 'utf8').includes('): Check {') && !building.includes(file))
    .map((file) => file.slice(0, -3).replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()));
  expect(factories.sort()).toEqual(Object.keys(checks).sort());
});

test('names are kebab-case and unique', () => {
  const names = Object.values(checks).map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[a-z][a-z\d]*(-[a-z\d]+)*(:[a-z\d]+(-[a-z\d]+)*)?$/);
});

describe.each(Object.entries(checks))('%s', (factory, check) => {
  test('says in words what must be true', () => expect(check.claim).toMatch(/\w+ \w+/));

  test('without evidence it is inconclusive and says why', () => {
    const verdict = check.judge(noEvidence);
    expect(verdict.outcome).toBe('inconclusive');
    expect(verdict.summary).not.toBe('');
  });

  test('evidence of the wrong shape is inconclusive, never an exception', () => {
    expect(check.judge({} as Evidence).outcome).toBe('inconclusive');
  });

  test.each([
    ['pass', healthy],
    ['fail', broken],
  ] as const)('%s: with a measured value beside its bound', (outcome, evidence) => {
    const verdict = check.judge(evidence);
    expect(verdict.summary).not.toBe('');
    expect(verdict.outcome).toBe(outcome);
    expect(verdict.figures.filter(({ bound }) => bound !== undefined).length).toBeGreaterThan(0);
    for (const figure of verdict.figures) expect(Number.isFinite(figure.value)).toBe(true);
  });

  test('is excused by other programs that had the machine only when its claim is time', () => {
    expect(check.judge(brokenOnBusyMachine).outcome).toBe(timed.includes(factory) ? 'inconclusive' : 'fail');
  });

  test('is pure: the same evidence gives the same verdict, and both can be stored as JSON', () => {
    const verdict = check.judge(JSON.parse(JSON.stringify(broken)));
    expect(verdict).toEqual(check.judge(broken));
    expect(JSON.parse(JSON.stringify(verdict))).toEqual(verdict);
  });
});

test('a download that is merely late is excused by other programs that had the machine', () => {
  const late = (evidence: Evidence): Evidence => ({
    ...evidence,
    faults: [{ name: 'downloads', summary: '', injectedAt: 0, findings: { incomplete: [0, 0], late: [0, 1] } }],
  });
  expect(downloadsComplete().judge(late(broken)).outcome).toBe('fail');
  expect(downloadsComplete().judge(late(brokenOnBusyMachine)).outcome).toBe('inconclusive');
});
