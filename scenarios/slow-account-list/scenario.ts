import {
  changesShownWithin,
  defineScenario,
  errorRateUnder,
  type PoolSpec,
  p95Under,
  poolWaitUnder,
  type RequestSpec,
  recordChanges,
  sameResponses,
  sessionToken,
  statementsPerRequest,
  statementsPerRequestUnderLoad,
  trafficPeak,
} from '../../harness/authoring.ts';

/** One list that got slow, and how somebody would change a record in it and look. */
interface SlowList {
  readonly pool: PoolSpec;
  readonly list: RequestSpec;
  /** Rows and requests for changing a record and finding it in the list again. */
  readonly change: Parameters<typeof recordChanges>[0];
}

const bearer = { authorization: 'Bearer {row.token}' };

const accounts: SlowList = {
  pool: {
    // Everybody opens the first page, few go further. The page size is what the back office asks for.
    sql: `SELECT page.after, ${sessionToken('1 + page.after % 20')} AS token FROM generate_series(1, 1951, 50) AS page (after) ORDER BY 1`,
    draw: 'zipf',
  },
  list: {
    name: 'open list',
    method: 'GET',
    path: '/v1/accounts?limit=50&after={list.after}',
    headers: { authorization: 'Bearer {list.token}' },
    weight: 6,
  },
  change: {
    sql: `SELECT id, ${sessionToken('5')} AS token FROM accounts WHERE id IN (3, 4, 5) ORDER BY id`,
    count: 3,
    change: { method: 'PATCH', path: '/v1/accounts/{row.id}', headers: bearer, body: { name: 'Renamed {uuid}' } },
    view: { method: 'GET', path: '/v1/accounts?limit=50&after=1', headers: bearer },
    stored: `SELECT 1 FROM accounts WHERE name = 'Renamed ' || $1`,
  },
};

/** Active people of the accounts with at least a page of users or orders: those whose lists fill a page. */
const large = `SELECT a.id FROM accounts a WHERE a.status = 'active' AND a.id > 1`;

const users: SlowList = {
  pool: {
    sql: `
      SELECT a.id AS account_id, u.id AS user_id, ${sessionToken('u.id')} AS token
      FROM (${large} AND (SELECT count(*) FROM users WHERE account_id = a.id) >= 50) a
      CROSS JOIN LATERAL (
        SELECT id FROM users WHERE account_id = a.id AND status = 'active' ORDER BY id LIMIT 20
      ) u
      ORDER BY u.id`,
    draw: 'uniform',
  },
  list: {
    name: 'open list',
    method: 'GET',
    path: '/v1/accounts/{list.account_id}/users?limit=50',
    headers: { authorization: 'Bearer {list.token}' },
    weight: 6,
  },
  change: {
    sql: `SELECT account_id, max(id) AS last, ${sessionToken('min(id)')} AS token FROM users WHERE account_id IN (3, 4, 5) GROUP BY 1 ORDER BY 1`,
    count: 3,
    change: {
      method: 'POST',
      path: '/v1/accounts/{row.account_id}/users',
      headers: bearer,
      body: { email: '{uuid}@newcomer.example', name: 'New Colleague' },
    },
    view: { method: 'GET', path: '/v1/accounts/{row.account_id}/users?limit=50&after={row.last}', headers: bearer },
    stored: `SELECT 1 FROM users WHERE email = $1 || '@newcomer.example'`,
  },
};

const orders: SlowList = {
  pool: {
    sql: `
      SELECT a.id AS account_id, u.id AS user_id, ${sessionToken('u.id')} AS token
      FROM (${large} AND (SELECT count(*) FROM orders WHERE account_id = a.id) >= 200) a
      CROSS JOIN LATERAL (
        SELECT id FROM users WHERE account_id = a.id AND status = 'active' ORDER BY id LIMIT 10
      ) u
      ORDER BY u.id`,
    draw: 'uniform',
  },
  list: {
    name: 'open list',
    method: 'GET',
    path: '/v1/accounts/{list.account_id}/orders?limit=50',
    headers: { authorization: 'Bearer {list.token}' },
    weight: 6,
  },
  change: {
    sql: `SELECT account_id, ${sessionToken('min(id)')} AS token FROM users WHERE account_id IN (3, 4, 5) GROUP BY 1 ORDER BY 1`,
    count: 3,
    change: {
      method: 'POST',
      path: '/v1/accounts/{row.account_id}/orders',
      headers: bearer,
      body: { items: [{ productId: 7, quantity: 1 }], notes: '{uuid}' },
    },
    view: { method: 'GET', path: '/v1/accounts/{row.account_id}/orders?limit=50', headers: bearer },
    stored: `SELECT 1 FROM orders WHERE notes = $1 AND id > (SELECT max(id) - 100000 FROM orders)`,
  },
};

export default defineScenario({
  title: 'The list that takes the morning',
  summary:
    'Every Monday, as people come in, one list page of the back office gets slow and takes everything else with it.',
  failure: 'N+1 queries in a list endpoint',
  level: 'mid',
  minutes: 60,
  skills: ['SQL', 'database round trips', 'connection pools', 'load and latency'],
  size: 'default',
  playedByDefault: true,
  network: { postgresMs: 1 },
  variants: { accounts, users, orders },
  plan: ({ pool, list, change }) => ({
    // Finds an account's latest orders at once, so that this incident has one cause only.
    setUp: ['CREATE INDEX orders_account_id_id_idx ON orders (account_id, id)'],
    workload: {
      // The usual rate of a quiet hour. Monday morning, at eight times as much, is more than the app as handed out can serve.
      rate: { timesFlawedCapacity: 0.15, atLeast: 6, atMost: 60 },
      pools: {
        list: pool,
        people: {
          sql: `
            SELECT u.id, ${sessionToken('u.id')} AS token
            FROM users u JOIN accounts a ON a.id = u.account_id
            WHERE u.status = 'active' AND a.status = 'active' AND u.id <= 400 ORDER BY u.id`,
          draw: 'uniform',
        },
      },
      requests: [
        list,
        {
          name: 'browse catalogue',
          method: 'GET',
          path: '/v1/products?limit=20',
          headers: { authorization: 'Bearer {people.token}' },
          weight: 3,
        },
        {
          name: 'own profile',
          method: 'GET',
          path: '/v1/me',
          headers: { authorization: 'Bearer {people.token}' },
          weight: 3,
        },
      ],
    },
    seconds: { steady: 3, incident: 6 },
    timeline: [
      { at: 0, fault: recordChanges(change) },
      { at: 0.5, fault: trafficPeak({ times: 8 }) },
    ],
    steadyState: [
      errorRateUnder({ share: 0.01, during: 'steady', name: 'quiet-hour-errors' }),
      p95Under({ ms: 2_000, during: 'steady', name: 'quiet-hour-p95' }),
    ],
    objectives: [
      p95Under({ request: list.name, ms: 750, name: 'list-p95' }),
      p95Under({ request: 'own profile', ms: 500, name: 'profile-p95' }),
      errorRateUnder({ share: 0.005 }),
      poolWaitUnder({ ms: 20 }),
      statementsPerRequestUnderLoad({ atMost: 20, name: 'work-per-request' }),
      {
        ...statementsPerRequest({ request: list.name, atMost: 10, name: 'work-per-list' }),
        claim: 'what one list page asks of the database does not grow with the rows on it',
      },
      {
        ...changesShownWithin({ ms: 1_500, name: 'changes-show' }),
        claim: 'what is changed shows in the list at once',
      },
      sameResponses(),
    ],
  }),
});
