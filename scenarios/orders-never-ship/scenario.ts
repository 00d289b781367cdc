import {
  defineScenario,
  errorRateUnder,
  invariant,
  p95Under,
  queueDrained,
  repeatedRequests,
  sameResponses,
  thirdPartyDown,
  thirdPartyHangs,
  thirdPartySlow,
  undeliverableOrders,
  workerCrash,
} from '../../harness/authoring.ts';

const book = 'book a bank transfer';
const open = 'open order';
const track = 'look for shipments';
const list = 'list paid orders';

const tokenOf = (user: string) => `'st_' || md5('tradepost-session-' || ${user}) AS token`;
const bearer = (pool: string) => ({ authorization: `Bearer {${pool}.token}` });
/** Somebody of the finance team. */
const finance = `(SELECT min(id) FROM users WHERE is_staff AND status = 'active')`;
const buyers = `(SELECT array_agg(id ORDER BY id) FROM accounts WHERE status = 'active' AND id > 2)`;

const byInvoice = 'pays by invoice';
const island = 'pays by invoice, to the lighthouse';
const islandOrders = `SELECT id FROM orders WHERE notes = '${island}' ORDER BY id`;
const newOrders = (number: string, count: number, notes: string) => `
  INSERT INTO orders (account_id, placed_by, number, total_cents, notes)
  SELECT a.id, a.owner_id, '${number}' || lpad(n::text, 8, '0'), 12600 + n, '${notes}'
  FROM generate_series(1, ${count}) n
  JOIN accounts a ON a.id = (${buyers})[1 + n % cardinality(${buyers})] ORDER BY n`;
/** How many orders nobody delivers. */
const undeliverable = 3;

/** Orders that a bank transfer paid, but for those that nobody delivers, with what the partner and our own books know of each. */
const booked = `
  SELECT o.id, o.status, coalesce(sent.shipments, 0) AS shipments, coalesce(noted.shipments, 0) AS noted
  FROM orders o
  LEFT JOIN (SELECT detail->>'order' AS "order", count(*) AS shipments FROM ledger
             WHERE party = 'fulfilment' AND kind = 'shipment' GROUP BY 1) sent ON sent."order" = 'order_' || o.id
  LEFT JOIN (SELECT order_id, count(*) AS shipments FROM shipments GROUP BY 1) noted ON noted.order_id = o.id
  WHERE o.notes = '${byInvoice}' AND o.paid_at IS NOT NULL`;

interface BadMorning {
  /** Whether the partner answers 503 in its worst seconds, or not at all. */
  readonly isSilent: boolean;
}

export default defineScenario({
  title: 'Paid, and never shipped',
  summary: 'Every few days support finds orders that were paid weeks ago and never left the warehouse.',
  failure: 'A failed asynchronous job: errors swallowed, no retries, a poison job, lost work on a worker crash',
  level: 'senior',
  minutes: 60,
  skills: ['at-least-once processing', 'retries and backoff', 'poison jobs', 'idempotency'],
  size: 'small',
  variants: { refusing: { isSilent: false }, silent: { isSilent: true } } satisfies Record<string, BadMorning>,
  plan: ({ isSilent }) => ({
    workload: {
      rate: { perSecond: 24 },
      pools: {
        transfers: {
          draw: 'once',
          sql: `SELECT o.id, 'SEPA' || lpad(o.id::text, 10, '0') AS reference, ${tokenOf(finance)}
                FROM orders o WHERE o.notes = '${byInvoice}' ORDER BY o.id`,
        },
        shipped: {
          draw: 'uniform',
          sql: `SELECT o.id, o.account_id AS account, ${tokenOf('a.owner_id')}
                FROM orders o JOIN accounts a ON a.id = o.account_id
                WHERE o.status = 'fulfilled' AND a.status = 'active' AND a.id > 2 ORDER BY o.id LIMIT 400`,
        },
      },
      requests: [
        {
          name: book,
          method: 'POST',
          path: '/v1/orders/{transfers.id}/transfers',
          headers: bearer('transfers'),
          body: { bankReference: '{transfers.reference}' },
          expect: [202],
          weight: 5,
        },
        { name: open, method: 'GET', path: '/v1/orders/{shipped.id}', headers: bearer('shipped'), weight: 3 },
        {
          name: track,
          method: 'GET',
          path: '/v1/orders/{shipped.id}/shipments',
          headers: bearer('shipped'),
          weight: 3,
        },
        {
          name: list,
          method: 'GET',
          path: '/v1/accounts/{shipped.account}/orders?status=paid&limit=10',
          headers: bearer('shipped'),
          weight: 1,
        },
      ],
    },
    setUp: [newOrders('TP-I', 20_000, byInvoice), newOrders('TP-L', undeliverable, island)],
    seconds: { steady: 2, incident: 7 },
    settle: 14,
    timeline: [
      { at: 0, fault: undeliverableOrders({ sql: islandOrders }) },
      { at: 0, lasting: 1.8, fault: thirdPartySlow({ party: 'fulfilment', latencyMs: 1_000 }) },
      {
        // One before the worker dies, one while the partner is away, and one when all is well again.
        at: 0.8,
        fault: repeatedRequests({
          everyMs: 2_000,
          sql: `SELECT id, 'SEPA' || lpad(id::text, 10, '0') AS reference, ${tokenOf(finance)} FROM (${islandOrders}) o`,
          request: {
            method: 'POST',
            path: '/v1/orders/{row.id}/transfers',
            headers: { authorization: 'Bearer {row.token}' },
            body: { bankReference: '{row.reference}' },
          },
        }),
      },
      { at: 1.2, fault: workerCrash() },
      {
        at: 2.6,
        lasting: 2,
        fault: isSilent ? thirdPartyHangs({ party: 'fulfilment' }) : thirdPartyDown({ party: 'fulfilment' }),
      },
    ],
    invariants: [
      {
        name: 'paid-orders-ship',
        claim: 'The fulfilment partner has a shipment of every order that was paid and that it delivers.',
        sql: `SELECT * FROM (${booked}) b WHERE shipments = 0`,
      },
      {
        name: 'shipped-once',
        claim: 'The fulfilment partner has no more than one shipment of any order.',
        sql: `SELECT * FROM (${booked}) b WHERE shipments > 1`,
      },
      {
        name: 'books-are-right',
        claim: 'Every order that the partner has a shipment of is fulfilled, with one shipment in our books.',
        sql: `SELECT * FROM (${booked}) b WHERE shipments > 0 AND (status <> 'fulfilled' OR noted <> 1)`,
      },
      {
        name: 'no-means-no',
        claim: 'Nobody asks the partner more than fifteen times for a shipment that it has refused.',
        sql: `SELECT detail->>'order' AS "order", count(*) AS tries FROM ledger
              WHERE party = 'fulfilment' AND kind = 'refused' GROUP BY 1 HAVING count(*) > 15`,
      },
    ],
    steadyState: [
      errorRateUnder({ share: 0.02, during: 'steady', name: 'usual-errors' }),
      p95Under({ ms: 500, during: 'steady', name: 'usual-p95' }),
    ],
    objectives: [
      invariant({ name: 'paid-orders-ship', claim: 'every paid order that can be delivered is shipped' }),
      invariant({ name: 'shipped-once', claim: 'no order is shipped twice' }),
      invariant({ name: 'books-are-right', claim: 'what is shipped is fulfilled, with one shipment in our books' }),
      invariant({ name: 'no-means-no', claim: 'a shipment that was refused is asked for fifteen times at most' }),
      queueDrained({ queue: 'releases', failed: undeliverable, name: 'nothing-out-of-sight' }),
      errorRateUnder({ request: book, share: 0.01, name: 'bookings-succeed' }),
      p95Under({ request: book, ms: 1_000, name: 'bookings-p95' }),
      errorRateUnder({ request: open, share: 0.01, name: 'orders-can-be-read' }),
      sameResponses(),
    ],
  }),
});
