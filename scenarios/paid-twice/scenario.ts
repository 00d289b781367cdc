import {
  defineScenario,
  duplicateDeliveries,
  errorRateUnder,
  exactlyOnce,
  invariant,
  p95Under,
  queueDrained,
  replicaCrash,
  sameResponses,
  sessionToken,
  thirdPartyDown,
  thirdPartySlow,
  webhooksAcknowledged,
} from '../../harness/authoring.ts';

const pay = 'pay for an order';
const look = 'look at the payments of an order';
const token = sessionToken('a.owner_id');
const seeded = "LIKE 'pay\\_seed\\_%'";

export default defineScenario({
  title: 'Paid twice',
  summary:
    'Customers get two or three parcels and as many confirmations for one order, and account balances are too high.',
  failure:
    'A payment webhook that is not idempotent: a delivery that comes twice or late charges, mails and ships twice',
  level: 'senior',
  minutes: 45,
  skills: ['at-least-once delivery', 'idempotency', 'transactions and unique constraints', 'queues and retries'],
  size: 'default',
  variants: { default: {} },
  plan: () => ({
    workload: {
      rate: { perSecond: 21 },
      pools: {
        pending: {
          draw: 'once',
          sql: `SELECT o.id, ${token} AS token
                FROM orders o JOIN accounts a ON a.id = o.account_id
                WHERE o.status = 'pending' AND a.status = 'active' ORDER BY o.id`,
        },
        paid: {
          draw: 'uniform',
          sql: `SELECT o.id, ${token} AS token
                FROM orders o JOIN accounts a ON a.id = o.account_id
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
    seconds: { steady: 3, incident: 8 },
    settle: 15,
    timeline: [
      { at: 0, fault: duplicateDeliveries({ copies: 3, spreadMs: 1_000 }) },
      { at: 1, lasting: 4, fault: thirdPartyDown({ party: 'mail' }) },
      { at: 2, lasting: 4, fault: thirdPartySlow({ party: 'payments', latencyMs: 2_600 }) },
      { at: 5, fault: replicaCrash({ replica: 1 }) },
    ],
    invariants: [
      {
        name: 'one-row-per-payment',
        claim: 'Each payment of the provider is recorded once.',
        sql: `SELECT provider_payment_id, count(*) FROM payments WHERE provider_payment_id NOT ${seeded}
              GROUP BY 1 HAVING count(*) > 1`,
      },
      {
        name: 'balances-add-up',
        claim: 'The balance of an account is what its paid orders add up to.',
        sql: `SELECT a.id, a.balance_cents, paid.total
              FROM accounts a
              JOIN (SELECT account_id, sum(total_cents) AS total FROM orders WHERE status IN ('paid', 'fulfilled') GROUP BY 1) paid
                ON paid.account_id = a.id
              WHERE a.balance_cents <> paid.total`,
      },
      {
        name: 'paid-orders-complete',
        claim: 'Every order that was paid for is fulfilled, with one shipment and one payment in its history.',
        sql: `SELECT o.id, o.status, s.shipments, e.paid
              FROM (SELECT DISTINCT order_id FROM payments WHERE provider_payment_id NOT ${seeded}) p
              JOIN orders o ON o.id = p.order_id
              LEFT JOIN (SELECT order_id, count(*) AS shipments FROM shipments WHERE partner_ref NOT LIKE 'shp\\_seed\\_%'
                         GROUP BY 1) s ON s.order_id = o.id
              LEFT JOIN (SELECT order_id, count(*) AS paid FROM order_events WHERE kind = 'paid' AND detail <> '{}'
                         GROUP BY 1) e ON e.order_id = o.id
              WHERE o.status <> 'fulfilled' OR s.shipments IS DISTINCT FROM 1 OR e.paid IS DISTINCT FROM 1`,
      },
    ],
    steadyState: [
      errorRateUnder({ share: 0.02, during: 'steady' }),
      p95Under({ request: look, ms: 500, during: 'steady' }),
    ],
    objectives: [
      exactlyOnce({ per: 'payment', ledgers: ['fulfilment'], name: 'one-parcel-per-payment' }),
      exactlyOnce({ per: 'payment', ledgers: ['mail'], name: 'one-confirmation-per-payment' }),
      invariant({ name: 'one-row-per-payment', claim: 'each payment of the provider is recorded once' }),
      invariant({ name: 'balances-add-up', claim: 'the balance of an account is what its paid orders add up to' }),
      invariant({
        name: 'paid-orders-complete',
        claim: 'every paid order ends up fulfilled, with one shipment and one payment in its history',
      }),
      webhooksAcknowledged(),
      queueDrained(),
      errorRateUnder({ request: pay, share: 0.3 }),
      errorRateUnder({ request: look, share: 0.05 }),
      p95Under({ request: look, ms: 2_000 }),
      sameResponses(),
    ],
  }),
});
