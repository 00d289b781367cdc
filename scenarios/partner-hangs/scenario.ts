import {
  callsAtOnce,
  callsGivenUp,
  callsPerPayment,
  confirmedMeanwhile,
  defineScenario,
  errorRateUnder,
  exactlyOnce,
  invariant,
  p95Under,
  queueDrained,
  sameResponses,
  type TimelineEntry,
  thirdPartyHangs,
  thirdPartySlow,
  webhooksAcknowledged,
} from '../../harness/authoring.ts';

const pay = 'pay for an order';
const look = 'look at the payments of an order';
const token = "'st_' || md5('tradepost-session-' || a.owner_id) AS token";

/** Orders that wait to be paid: as many as customers pay for while somebody looks for the cause. */
const waiting = 'on account';
const buyers = `(SELECT array_agg(id ORDER BY id) FROM accounts WHERE status = 'active' AND id > 1)`;

/** The partner takes the work and tells so much later. */
const late = thirdPartySlow({ party: 'fulfilment', latencyMs: 5_000 });

interface BadMorning {
  /** After a second of late answers there are none at all, instead of more late ones. */
  readonly fallsSilent: boolean;
}

export default defineScenario({
  title: 'Paid, and then silence',
  summary: 'On mornings when the warehouse partner has trouble, customers who have paid hear nothing until it is over.',
  failure: 'No time limit that deserves the name on a hanging third party, which holds up what does not need it',
  level: 'senior',
  minutes: 60,
  skills: ['timeouts', 'bulkheads and circuit breakers', 'retries with backoff', 'idempotency keys'],
  size: 'small',
  variants: { silent: { fallsSilent: true }, late: { fallsSilent: false } } satisfies Record<string, BadMorning>,
  plan: ({ fallsSilent }) => ({
    workload: {
      rate: { perSecond: 36 },
      pools: {
        pending: {
          draw: 'once',
          sql: `SELECT o.id, ${token} FROM orders o JOIN accounts a ON a.id = o.account_id
                WHERE o.notes = '${waiting}' ORDER BY o.id`,
        },
        paid: {
          draw: 'uniform',
          sql: `SELECT o.id, ${token} FROM orders o JOIN accounts a ON a.id = o.account_id
                WHERE o.status = 'fulfilled' AND a.status = 'active' ORDER BY o.id LIMIT 2000`,
        },
      },
      requests: [
        {
          name: pay,
          method: 'POST',
          path: '/v1/orders/{pending.id}/payments',
          headers: { authorization: 'Bearer {pending.token}' },
          expect: [202],
          weight: 2,
        },
        {
          name: look,
          method: 'GET',
          path: '/v1/orders/{paid.id}/payments',
          headers: { authorization: 'Bearer {paid.token}' },
          weight: 1,
        },
      ],
    },
    setUp: [
      `INSERT INTO orders (account_id, placed_by, number, total_cents, notes)
       SELECT a.id, a.owner_id, 'TP-A' || lpad(n::text, 9, '0'), 1000 + n % 5000, '${waiting}'
       FROM generate_series(1, 70000) n
       JOIN accounts a ON a.id = (${buyers})[1 + n % cardinality(${buyers})] ORDER BY n`,
    ],
    seconds: { steady: 1.5, incident: 6.4 },
    settle: 20,
    timeline: [
      { at: 0.2, lasting: 4.6, fault: late },
      ...(fallsSilent
        ? [{ at: 1.2, lasting: 3.5, fault: thirdPartyHangs({ party: 'fulfilment' }) } satisfies TimelineEntry]
        : []),
    ],
    invariants: [
      {
        name: 'paid-orders-complete',
        claim: 'Every order that was paid for is fulfilled, with one shipment and one payment in its history.',
        sql: `SELECT o.id, o.status, s.shipments, e.paid
              FROM (SELECT DISTINCT order_id FROM payments WHERE provider_payment_id NOT LIKE 'pay\\_seed\\_%') p
              JOIN orders o ON o.id = p.order_id
              LEFT JOIN (SELECT order_id, count(*) AS shipments FROM shipments WHERE partner_ref NOT LIKE 'shp\\_seed\\_%'
                         GROUP BY 1) s ON s.order_id = o.id
              LEFT JOIN (SELECT order_id, count(*) AS paid FROM order_events WHERE kind = 'paid' AND detail <> '{}'
                         GROUP BY 1) e ON e.order_id = o.id
              WHERE o.status <> 'fulfilled' OR s.shipments IS DISTINCT FROM 1 OR e.paid IS DISTINCT FROM 1`,
      },
    ],
    steadyState: [
      errorRateUnder({ share: 0.02, during: 'steady', name: 'usual-errors' }),
      p95Under({ request: look, ms: 500, during: 'steady', name: 'usual-p95' }),
    ],
    objectives: [
      confirmedMeanwhile({
        faults: fallsSilent ? ['third-party-slow', 'third-party-hangs'] : ['third-party-slow'],
        graceMs: 1_000,
      }),
      callsGivenUp({ ms: 3_000 }),
      callsAtOnce({ atMost: 20 }),
      callsPerPayment({ atMost: 10 }),
      exactlyOnce({ per: 'payment', ledgers: ['fulfilment'], name: 'one-parcel-per-payment' }),
      exactlyOnce({ per: 'payment', ledgers: ['mail'], name: 'one-confirmation-per-payment' }),
      invariant({
        name: 'paid-orders-complete',
        claim: 'every paid order ends up fulfilled, with one shipment and one payment in its history',
      }),
      webhooksAcknowledged(),
      queueDrained(),
      errorRateUnder({ share: 0.01 }),
      p95Under({ request: look, ms: 1_000 }),
      sameResponses(),
    ],
  }),
});
