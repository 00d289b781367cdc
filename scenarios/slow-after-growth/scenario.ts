import {
  buffersPerCall,
  cronQuery,
  defineScenario,
  errorRateUnder,
  noSeqScanOver,
  p95Under,
  sameResponses,
  sessionToken,
  trafficPeak,
} from '../../harness/authoring.ts';

interface SlowView {
  /** What people open of an order. */
  readonly path: string;
}

/** The user who owns account k of the seeded company. */
const owner = (account: string) => `(19 + ${account})`;

export default defineScenario({
  title: 'Nothing was deployed',
  summary:
    'After a weekend’s data import, opening a single order takes seconds in production and is instant on staging.',
  failure: 'A foreign key without an index: invisible at 50K rows, a scan past 500K',
  level: 'mid',
  minutes: 60,
  skills: ['reading query plans', 'indexes', 'schema changes on a live system', 'capacity'],
  size: 'default',
  harmlessAt: 'small',
  growsWith: ['work-per-request', 'order-p95'],
  network: { postgresMs: 1 },
  variants: {
    items: { path: '/v1/orders/{orders.id}' },
    shipments: { path: '/v1/orders/{orders.id}/shipments' },
    events: { path: '/v1/orders/{orders.id}/events' },
  } satisfies Record<string, SlowView>,
  plan: ({ path }) => ({
    workload: {
      // The usual rate. Month's end brings six times as much, which is more than the app as handed out can serve at this size.
      rate: { timesFlawedCapacity: 0.3, atLeast: 5, atMost: 40 },
      pools: {
        orders: {
          // Many different orders, as in real life: people look at their own, and rarely twice.
          sql: `
            SELECT o.id, ${sessionToken(owner('o.account_id'))} AS token
            FROM orders o JOIN accounts a ON a.id = o.account_id
            WHERE a.status = 'active' AND o.account_id BETWEEN 2 AND 40 AND o.id % 19 = 0 ORDER BY o.id`,
          draw: 'uniform',
        },
        buyers: {
          sql: `
            SELECT id AS account_id, ${sessionToken(owner('id'))} AS token
            FROM accounts WHERE status = 'active' AND id BETWEEN 2 AND 40 ORDER BY id`,
          draw: 'uniform',
        },
        products: { sql: 'SELECT id FROM products WHERE stock > 10000 ORDER BY id', draw: 'uniform' },
      },
      requests: [
        {
          name: 'open order',
          method: 'GET',
          path,
          headers: { authorization: 'Bearer {orders.token}' },
          weight: 4,
        },
        {
          name: 'browse catalogue',
          method: 'GET',
          path: '/v1/products?limit=20',
          headers: { authorization: 'Bearer {buyers.token}' },
          weight: 4,
        },
        {
          name: 'place order',
          method: 'POST',
          path: '/v1/accounts/{buyers.account_id}/orders',
          headers: { authorization: 'Bearer {buyers.token}' },
          body: { items: [{ productId: '{products.id}', quantity: 1 }], notes: 'month end' },
          weight: 2,
        },
      ],
    },
    seconds: { steady: 1.5, incident: 5 },
    noise: [
      cronQuery({
        job: 'usage-export',
        sql: 'SELECT metric, sum(quantity) FROM usage_events WHERE account_id = 3 GROUP BY metric',
        everySeconds: 3,
      }),
    ],
    timeline: [{ at: 0.5, fault: trafficPeak({ times: 6 }) }],
    steadyState: [
      errorRateUnder({ share: 0.01, during: 'steady', name: 'usual-errors' }),
      p95Under({ ms: 2_000, during: 'steady', name: 'usual-p95' }),
    ],
    objectives: [
      p95Under({ request: 'open order', ms: 500, name: 'order-p95' }),
      p95Under({ request: 'place order', ms: 500, name: 'checkout-p95' }),
      errorRateUnder({ share: 0.005 }),
      {
        ...buffersPerCall({ request: 'open order', atMost: 800, name: 'work-per-request' }),
        claim: 'what opening one order asks of the database stays bounded',
      },
      {
        ...noSeqScanOver({ rows: 100_000, name: 'work-independent-of-size' }),
        claim: 'the work of a request does not grow with all the data there is',
      },
      sameResponses(),
    ],
  }),
});
