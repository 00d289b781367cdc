import {
  cacheHitRateOver,
  changesShownWithin,
  defineScenario,
  errorRateUnder,
  exactlyOnce,
  networkPartition,
  networkReset,
  p95Under,
  poolWaitUnder,
  preferenceChanges,
  queueDrained,
  repeatedRequests,
  revokedWithin,
  sameResponses,
  sessionToken,
  statementsPerRequestUnderLoad,
  userBans,
} from '../../harness/authoring.ts';

const connector = 'connector: who am I';
const catalogue = 'connector: browse catalogue';
const me = 'who am I';
const digest = 'change digest';
const small = 'who am I (small companies)';

const bearer = (pool: string) => ({ authorization: `Bearer {${pool}.token}` });

/** The largest customers' ERP connectors: each one user, who sends most of the traffic of its company. */
const connectors = `
  SELECT u.id AS user_id, ${sessionToken('u.id')} AS token
  FROM accounts a JOIN users u ON u.id = a.owner_id
  WHERE a.status = 'active' AND a.id > 2 AND u.status = 'active' ORDER BY a.id LIMIT 3`;

/** People of the largest account. Of each third user, the first few change their language, the others their digests. */
const people = (remainder: number, limit: number) => `
  SELECT id AS user_id, ${sessionToken('id')} AS token
  FROM users WHERE account_id = 2 AND status = 'active' AND id % 3 = ${remainder} ORDER BY id LIMIT ${limit}`;

/** Members of other accounts, with the owner who can ban them. */
const dismissed = `
  SELECT u.id AS user_id, ${sessionToken('u.id')} AS token, ${sessionToken('a.owner_id')} AS admin_token
  FROM users u JOIN accounts a ON a.id = u.account_id
  WHERE a.id > 20 AND a.status = 'active' AND u.status = 'active' AND u.id <> a.owner_id ORDER BY u.id LIMIT 3`;

const outage = { at: 0.5, lasting: 3.5 } as const;

interface Outage {
  /** Whether connections break and are not made again, or are just not answered any more. */
  readonly refused: boolean;
}

export default defineScenario({
  title: 'A minute without Redis',
  summary: 'While Redis cannot be reached nothing works at all, although the database is in the best of health.',
  failure: 'An outage of Redis that is taken as a total outage',
  level: 'senior',
  minutes: 75,
  skills: ['timeouts', 'graceful degradation', 'cache consistency', 'protecting the database'],
  size: 'small',
  network: { postgresMs: 40 },
  variants: { silent: { refused: false }, refused: { refused: true } } satisfies Record<string, Outage>,
  plan: ({ refused }) => ({
    workload: {
      rate: { perSecond: 160 },
      pools: {
        connectors: { draw: 'uniform', sql: connectors },
        people: { draw: 'uniform', sql: people(0, 200) },
        leavers: {
          draw: 'uniform',
          sql: `SELECT token FROM (SELECT user_id, token FROM (${dismissed}) d
                UNION SELECT user_id, admin_token FROM (${dismissed}) d) everybody ORDER BY token`,
        },
        readers: { draw: 'uniform', sql: people(1, 40) },
      },
      requests: [
        { name: connector, method: 'GET', path: '/v1/me', headers: bearer('connectors'), weight: 112 },
        {
          name: catalogue,
          method: 'GET',
          path: '/v1/products?limit=20',
          headers: bearer('connectors'),
          weight: 40,
        },
        { name: me, method: 'GET', path: '/v1/me', headers: bearer('people'), weight: 6 },
        {
          name: digest,
          method: 'PATCH',
          path: '/v1/me/preferences',
          headers: bearer('readers'),
          body: { digest: 'daily' },
          weight: 2,
        },
        // Hardly ever; mostly for the warm-up, so that Redis has seen them before they leave.
        { name: small, method: 'GET', path: '/v1/me', headers: bearer('leavers'), expect: [200, 403], weight: 0.01 },
      ],
    },
    warmUp: [
      { request: connector, times: 3 },
      { request: me, times: 200 },
      { request: small, times: 48 },
    ],
    seconds: { steady: 2, incident: 8.5 },
    settle: 8,
    timeline: [
      { ...outage, fault: networkPartition({ link: 'redis' }) },
      ...(refused ? [{ ...outage, fault: networkReset({ link: 'redis', everyMs: 100 }) }] : []),
      { at: 1.3, fault: userBans({ sql: dismissed, count: 3, everyMs: 100, giveUpMs: 2_200, directly: true }) },
      { at: 2.7, fault: preferenceChanges({ sql: people(0, 4) }) },
      {
        at: 6,
        lasting: 1.2,
        fault: repeatedRequests({
          everyMs: 150,
          sql: `SELECT o.id, ${sessionToken('a.owner_id')} AS token FROM orders o JOIN accounts a ON a.id = o.account_id
                WHERE o.status = 'pending' AND a.status = 'active' AND a.id > 20 ORDER BY o.id LIMIT 200`,
          request: {
            method: 'POST',
            path: '/v1/orders/{row.id}/payments',
            headers: { authorization: 'Bearer {row.token}' },
          },
        }),
      },
    ],
    steadyState: [
      errorRateUnder({ share: 0.01, during: 'steady', name: 'usual-errors' }),
      p95Under({ ms: 400, during: 'steady', name: 'usual-p95' }),
    ],
    objectives: [
      p95Under({ ms: 2_000, name: 'answered-in-time' }),
      errorRateUnder({ share: 0.01, name: 'answered-at-all' }),
      errorRateUnder({ request: digest, share: 0.05, name: 'changes-accepted' }),
      poolWaitUnder({ ms: 500, name: 'database-has-room' }),
      statementsPerRequestUnderLoad({ atMost: 3, name: 'work-per-request' }),
      revokedWithin({ ms: 2_000, name: 'bans-hold' }),
      changesShownWithin({ fault: 'preference-changes', ms: 4_500, name: 'changes-stay' }),
      cacheHitRateOver({ table: 'user_preferences', share: 0.92, during: 'steady', name: 'profiles-from-cache' }),
      exactlyOnce({ per: 'payment', ledgers: ['mail', 'fulfilment'], name: 'orders-go-on' }),
      queueDrained(),
      sameResponses(),
    ],
  }),
});
