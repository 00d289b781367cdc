import {
  defineScenario,
  downloads,
  downloadsComplete,
  errorRateUnder,
  eventLoopLagUnder,
  memoryGrowthUnder,
  p95Under,
  peopleWhoMay,
  sameResponses,
  sessionToken,
} from '../../harness/authoring.ts';

const me = 'who am I';
const browse = 'browse catalogue';
const open = 'open order';
const modest = 'export a few orders';

/** Who may export orders, the first of every account. */
const exporters = `
  SELECT DISTINCT ON (account_id) account_id, token
  FROM (${peopleWhoMay('orders.export')}) p ORDER BY account_id, id`;
/**
 * The largest customer has three times the orders that it is seeded with, and its buyers write on every one what is to be delivered when, where, and to whom: what an export keeps
 * in memory grows with the orders, and what a repair needs while it passes them on does not.
 */
const setUp = [
  `INSERT INTO orders (account_id, placed_by, number, status, currency, total_cents, created_at, paid_at)
   SELECT account_id, placed_by, number || '-' || n, status, currency, total_cents, created_at, paid_at
   FROM orders, generate_series(1, 2) n WHERE account_id = 2 ORDER BY n, id`,
  `UPDATE orders SET notes = 'Call-off ' || id || ': ' || repeat('two pallets to gate ' || id % 90 || ', before ten, and ring for the foreman; ', 80)
   WHERE account_id = 2`,
  'VACUUM (ANALYZE) orders',
];

const token = `${sessionToken('a.owner_id')} AS token`;

export default defineScenario({
  title: 'A slow quarter of an hour',
  summary: 'At eight on the first of the month the product freezes for seconds at a time, for customers of all sorts.',
  failure: 'The event loop blocked by a synchronous export, all of it in memory',
  level: 'mid',
  minutes: 60,
  skills: ['the event loop', 'streaming and backpressure', 'memory', 'CPU profiles'],
  size: 'small',
  variants: { default: {} },
  plan: () => ({
    setUp,
    workload: {
      rate: { perSecond: 50 },
      pools: {
        people: {
          draw: 'uniform',
          sql: `SELECT ${token} FROM accounts a WHERE a.status = 'active' AND a.id BETWEEN 3 AND 190 ORDER BY a.id`,
        },
        orders: {
          draw: 'uniform',
          sql: `SELECT o.id, ${token} FROM orders o JOIN accounts a ON a.id = o.account_id
                WHERE a.status = 'active' AND a.id BETWEEN 3 AND 190 AND o.id % 20 = 7 ORDER BY o.id`,
        },
        modest: {
          draw: 'uniform',
          sql: `SELECT account_id AS id, token FROM (${exporters}) e WHERE account_id BETWEEN 100 AND 120`,
        },
      },
      requests: [
        { name: me, method: 'GET', path: '/v1/me', headers: { authorization: 'Bearer {people.token}' }, weight: 4 },
        {
          name: browse,
          method: 'GET',
          path: '/v1/products?limit=20',
          headers: { authorization: 'Bearer {people.token}' },
          weight: 4,
        },
        {
          name: open,
          method: 'GET',
          path: '/v1/orders/{orders.id}/payments',
          headers: { authorization: 'Bearer {orders.token}' },
          weight: 4,
        },
        {
          name: modest,
          method: 'GET',
          path: '/v1/accounts/{modest.id}/orders/export',
          headers: { authorization: 'Bearer {modest.token}' },
          weight: 1,
        },
      ],
    },
    seconds: { steady: 3, incident: 10 },
    timeline: [
      {
        at: 0,
        fault: downloads({
          sql: `SELECT e.account_id AS id, e.token, 1 + (SELECT count(*) FROM orders o WHERE o.account_id = 2) AS lines
                FROM (${exporters}) e WHERE e.account_id = 2`,
          path: '/v1/accounts/{row.id}/orders/export',
          everyMs: 3_000,
          withinMs: 10_000,
        }),
      },
    ],
    steadyState: [
      errorRateUnder({ share: 0.01, during: 'steady', name: 'usual-errors' }),
      p95Under({ ms: 500, during: 'steady', name: 'usual-p95' }),
    ],
    objectives: [
      p95Under({ ms: 500, name: 'everybody-p95' }),
      errorRateUnder({ share: 0.01 }),
      eventLoopLagUnder({ ms: 500, name: 'nobody-hogs-the-loop' }),
      memoryGrowthUnder({ mebibytes: 250 }),
      downloadsComplete({ name: 'exports-complete' }),
      sameResponses(),
    ],
  }),
});
