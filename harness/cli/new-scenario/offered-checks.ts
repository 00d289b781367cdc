import type { OfferedCheck } from './offered.ts';

const answers = 'Right answers';
const work = 'Counted work: does not depend on how busy a machine is';
const effects = 'What a fault or a partner saw';
const time = 'Time: needs wide margins';

/** Faults of a partner other than the one that sends the confirmations. */
const partnerFaults = ['third-party-slow', 'third-party-hangs'];

/** Every check of authoring.ts, sensible as it stands; an author changes bounds and requests. */
export const offeredChecks: readonly OfferedCheck[] = [
  {
    name: 'same-responses',
    group: answers,
    meaning: 'every request is answered as before the repair',
    calls: 'sameResponses',
    arguments: '',
  },
  {
    name: 'error-rate-under',
    group: answers,
    meaning: 'requests succeed',
    calls: 'errorRateUnder',
    arguments: '{ share: 0.01 }',
  },
  {
    name: 'invariant',
    group: answers,
    meaning: 'a query for rows that must not exist finds none',
    calls: 'invariant',
    needs: ['orders'],
    arguments: "{ name: 'totals-add-up' }",
    invariants: `[
  {
    name: 'totals-add-up',
    claim: 'The total of an order is what its items add up to.',
    sql: \`SELECT o.id FROM orders o JOIN order_items i ON i.order_id = o.id WHERE o.status = 'pending'
          GROUP BY o.id HAVING o.total_cents <> sum(i.quantity * i.unit_price_cents)\`,
  },
]`,
  },
  {
    name: 'statements-per-request',
    group: work,
    meaning: 'one request runs few SQL statements',
    calls: 'statementsPerRequest',
    arguments: '{ request: browse, atMost: 10 }',
  },
  {
    name: 'statements-per-request-under-load',
    group: work,
    meaning: 'all requests together run few SQL statements, jobs included',
    calls: 'statementsPerRequestUnderLoad',
    arguments: '{ atMost: 20 }',
  },
  {
    name: 'buffers-per-call',
    group: work,
    meaning: 'one request reads few pages of the database',
    calls: 'buffersPerCall',
    arguments: '{ request: browse, atMost: 500 }',
  },
  {
    name: 'write-buffers-per-row',
    group: work,
    meaning: 'storing a row stays cheap',
    calls: 'writeBuffersPerRow',
    needs: ['orders'],
    arguments: "{ table: 'orders', atMost: 300 }",
  },
  {
    name: 'no-seq-scan-over',
    group: work,
    meaning: 'no large table is read from end to end',
    calls: 'noSeqScanOver',
    arguments: '{ rows: 10_000 }',
  },
  {
    name: 'held-up',
    group: work,
    meaning: 'no statement waits long for a lock on a table',
    calls: 'heldUp',
    arguments: '{ overMs: 1_000 }',
  },
  {
    name: 'cache-hit-rate-over',
    group: work,
    meaning: 'most requests are served without reading a table',
    calls: 'cacheHitRateOver',
    needs: ['warm cache'],
    arguments: "{ table: 'user_preferences', share: 0.8, request: me }",
  },
  {
    name: 'origin-loads-per-key',
    group: work,
    meaning: 'many requests for one thing read it from the database a few times',
    calls: 'originLoadsPerKey',
    needs: ['warm cache'],
    arguments: "{ table: 'user_preferences', pools: ['people'], atMost: 4 }",
  },
  {
    name: 'event-loop-lag-under',
    group: work,
    meaning: 'no process of the app is busy with one thing for long',
    calls: 'eventLoopLagUnder',
    arguments: '{ ms: 500 }',
  },
  {
    name: 'memory-growth-under',
    group: work,
    meaning: 'no process of the app grows much',
    calls: 'memoryGrowthUnder',
    arguments: '{ mebibytes: 200 }',
  },
  {
    name: 'exactly-once',
    group: effects,
    meaning: 'every payment causes one parcel and one message',
    calls: 'exactlyOnce',
    needs: ['payments'],
    arguments: "{ per: 'payment', ledgers: ['fulfilment', 'mail'] }",
  },
  {
    name: 'webhooks-acknowledged',
    group: effects,
    meaning: 'every webhook is acknowledged in the end',
    calls: 'webhooksAcknowledged',
    needs: ['payments'],
    arguments: '',
  },
  {
    name: 'queue-drained',
    group: effects,
    meaning: 'all accepted work is done in the end',
    calls: 'queueDrained',
    needs: ['payments'],
    arguments: '',
  },
  {
    name: 'calls-given-up',
    group: effects,
    meaning: 'no call to the fulfilment partner stays open for long',
    calls: 'callsGivenUp',
    needs: ['payments'],
    arguments: '{ ms: 3_000 }',
  },
  {
    name: 'calls-at-once',
    group: effects,
    meaning: 'few calls are open at the fulfilment partner at a time',
    calls: 'callsAtOnce',
    needs: ['payments'],
    arguments: '{ atMost: 20 }',
  },
  {
    name: 'calls-per-payment',
    group: effects,
    meaning: 'the fulfilment partner is not called about one payment over and over',
    calls: 'callsPerPayment',
    needs: ['payments'],
    arguments: '{ atMost: 10 }',
  },
  {
    name: 'confirmed-meanwhile',
    group: effects,
    meaning: 'while one partner is in trouble, what does not need it goes on',
    calls: 'confirmedMeanwhile',
    needs: ['payments'],
    measuredBy: partnerFaults,
    arguments: (faults) => {
      const names = faults.filter((fault) => partnerFaults.includes(fault)).map((fault) => `'${fault}'`);
      return `{ faults: [${names.join(', ')}], graceMs: 1_500 }`;
    },
  },
  {
    name: 'revoked-within',
    group: effects,
    meaning: 'who lost access is refused soon',
    calls: 'revokedWithin',
    measuredBy: ['user-bans'],
    arguments: '{ ms: 2_000 }',
  },
  {
    name: 'changes-shown-within',
    group: effects,
    meaning: 'what was changed shows soon',
    calls: 'changesShownWithin',
    measuredBy: ['record-changes', 'preference-changes', 'profile-edits'],
    arguments: (faults) =>
      faults.includes('record-changes')
        ? '{ ms: 2_000 }'
        : `{ ms: 2_000, fault: '${faults.includes('preference-changes') ? 'preference-changes' : 'profile-edits'}' }`,
  },
  {
    name: 'downloads-complete',
    group: effects,
    meaning: 'files arrive whole and in time',
    calls: 'downloadsComplete',
    measuredBy: ['downloads'],
    arguments: '',
  },
  {
    name: 'tenants-apart',
    group: effects,
    meaning: 'nobody finds what belongs to others',
    calls: 'tenantsApart',
    measuredBy: ['tenant-searches'],
    arguments: '',
  },
  {
    name: 'searches-find',
    group: effects,
    meaning: 'searches find what they should',
    calls: 'searchesFind',
    measuredBy: ['tenant-searches'],
    arguments: '',
  },
  {
    name: 'p95-under',
    group: time,
    meaning: '95 of 100 requests are answered in time',
    calls: 'p95Under',
    arguments: '{ request: browse, ms: 500 }',
  },
  {
    name: 'p99-under',
    group: time,
    meaning: '99 of 100 requests are answered in time',
    calls: 'p99Under',
    arguments: '{ request: browse, ms: 1_000 }',
  },
  {
    name: 'pool-wait-under',
    group: time,
    meaning: 'the app gets a database connection at once',
    calls: 'poolWaitUnder',
    arguments: '{ ms: 100 }',
  },
];
