import {
  cacheHitRateOver,
  defineScenario,
  errorRateUnder,
  exactlyOnce,
  p95Under,
  queueDrained,
  revokedWithin,
  sameResponses,
  sessionToken,
  thirdPartyDown,
  userBans,
} from '../../harness/authoring.ts';

const me = 'who am I';
const colleague = 'see a colleague';
const pay = 'pay for an order';

const bearer = (pool: string) => ({ authorization: `Bearer {${pool}.token}` });

/** Ordinary members of the largest account; nobody of them gets banned. */
const members = `
  SELECT id, ${sessionToken('id')} AS token, lead(id, 7, 21) OVER (ORDER BY id) AS colleague
  FROM users WHERE account_id = 2 AND status = 'active' AND id % 3 <> 0 ORDER BY id LIMIT 240`;

/** People of other accounts, with the owner who can ban them. */
const dismissed = `
  SELECT u.id AS user_id, ${sessionToken('u.id')} AS token, ${sessionToken('a.owner_id')} AS admin_token
  FROM users u JOIN accounts a ON a.id = u.account_id
  WHERE a.id > 2 AND a.status = 'active' AND u.status = 'active' AND u.id <> a.owner_id ORDER BY u.id`;

export default defineScenario({
  title: 'Still active',
  summary: 'People who lost their access this morning were still placing orders minutes later.',
  failure: 'A ten-minute profile cache that keeps banned users active',
  level: 'mid',
  minutes: 40,
  skills: ['cache invalidation', 'authorisation', 'consistency across replicas'],
  size: 'small',
  variants: { default: {} },
  plan: () => ({
    workload: {
      rate: { perSecond: 60 },
      pools: {
        members: { draw: 'uniform', sql: members },
        pending: {
          draw: 'once',
          sql: `SELECT o.id, ${sessionToken('a.owner_id')} AS token
                FROM orders o JOIN accounts a ON a.id = o.account_id
                WHERE o.status = 'pending' AND a.status = 'active' ORDER BY o.id`,
        },
      },
      requests: [
        { name: me, method: 'GET', path: '/v1/me', headers: bearer('members'), weight: 38 },
        {
          name: colleague,
          method: 'GET',
          path: '/v1/profiles/{members.colleague}',
          headers: bearer('members'),
          weight: 19,
        },
        {
          name: pay,
          method: 'POST',
          path: '/v1/orders/{pending.id}/payments',
          headers: bearer('pending'),
          expect: [202],
          weight: 3,
        },
      ],
    },
    warmUp: [{ request: me, times: 240 }],
    seconds: { steady: 3, incident: 8 },
    settle: 10,
    timeline: [
      { at: 0, fault: userBans({ sql: dismissed, count: 8, everyMs: 500, giveUpMs: 3_500 }) },
      { at: 1, lasting: 3, fault: thirdPartyDown({ party: 'mail' }) },
    ],
    steadyState: [
      errorRateUnder({ share: 0.01, during: 'steady' }),
      cacheHitRateOver({ table: 'user_preferences', share: 0.9, request: me, during: 'steady' }),
      p95Under({ ms: 500, during: 'steady' }),
    ],
    objectives: [
      revokedWithin({ ms: 2_000 }),
      cacheHitRateOver({ table: 'user_preferences', share: 0.8, name: 'profiles-mostly-from-cache' }),
      queueDrained(),
      exactlyOnce({ per: 'payment', ledgers: ['mail'], name: 'accepted-work-is-kept' }),
      errorRateUnder({ share: 0.01 }),
      p95Under({ ms: 500 }),
      sameResponses(),
    ],
  }),
});
