import {
  defineScenario,
  endedSessions,
  errorRateUnder,
  invariant,
  p95Under,
  revokedWithin,
  sameResponses,
  sessionToken,
  usualBuffersPerRequest,
} from '../../harness/authoring.ts';

const me = 'who am I';
const back = 'back from a long leave';
const renew = 'open the app';
const signIn = 'sign in';

const bearer = (pool: string) => ({ authorization: `Bearer {${pool}.token}` });

/** Token of another device of a user. */
const deviceToken = (name: string, user: string) => `'st_' || md5('${name}-' || ${user})`;
const hashOf = (token: string) => `encode(sha256(convert_to(${token}, 'UTF8')), 'hex')`;

/** People of the largest account. Every third of them has been away for 29 days. */
const people = (remainders: string, limit: number) => `
  SELECT id, ${sessionToken('id')} AS token FROM users
  WHERE account_id = 2 AND status = 'active' AND id % 3 IN (${remainders}) ORDER BY id LIMIT ${limit}`;

/** People of other accounts, who have a second device. */
const owners = (remainder: number, limit: number) => `
  SELECT u.id, u.email FROM users u JOIN accounts a ON a.id = u.account_id
  WHERE a.id > 2 AND a.status = 'active' AND u.status = 'active' AND u.id % 3 = ${remainder} ORDER BY u.id LIMIT ${limit}`;

/** Since when the sessions have been over, of the devices that come back. */
const longAgo = ['13 months', '40 days', '2 days', '1 hour'];

const devicesOf = (name: string, owned: string, createdAt: string, expiresAt: string) => `
  INSERT INTO sessions (user_id, token_hash, user_agent, created_at, expires_at)
  SELECT id, ${hashOf(deviceToken(name, 'id'))}, 'Tradepost for Windows', ${createdAt}, ${expiresAt}
  FROM (SELECT *, row_number() OVER (ORDER BY id) AS k FROM (${owned}) o) o`;

const lost = owners(0, 8);
const drawers = owners(1, longAgo.length);

interface SignOut {
  readonly method: 'DELETE' | 'POST';
  readonly path: string;
}

export default defineScenario({
  title: 'Month fourteen',
  summary: 'A laptop that was stolen last year, and signed out the same day, placed an order this morning.',
  failure: 'Session tokens that never expire and cannot be revoked',
  level: 'mid',
  minutes: 45,
  skills: ['sessions and revocation', 'data retention', 'consistency across replicas'],
  size: 'small',
  growsWith: ['invariant:ended-sessions-go'],
  variants: {
    laptop: { method: 'DELETE', path: '/v1/sessions/{row.session_id}' },
    everywhere: { method: 'POST', path: '/v1/sessions/sign-out-others' },
  } satisfies Record<string, SignOut>,
  plan: (signOut) => ({
    workload: {
      rate: { perSecond: 40 },
      pools: {
        members: { draw: 'uniform', sql: people('1, 2', 240) },
        returning: { draw: 'uniform', sql: people('0', 60) },
        others: { draw: 'uniform', sql: owners(2, 400) },
      },
      requests: [
        { name: me, method: 'GET', path: '/v1/me', headers: bearer('members'), weight: 24 },
        { name: back, method: 'GET', path: '/v1/me', headers: bearer('returning'), weight: 6 },
        {
          name: renew,
          method: 'POST',
          path: '/v1/sessions/current/renew',
          headers: bearer('members'),
          weight: 6,
        },
        {
          name: signIn,
          method: 'POST',
          path: '/v1/sessions',
          body: { email: '{others.email}', password: 'tradepost' },
          expect: [201],
          weight: 4,
        },
      ],
    },
    setUp: [
      `UPDATE sessions SET created_at = now() - interval '14 months', expires_at = now() + interval '5 days' + (id % 24) * interval '1 day'`,
      `UPDATE sessions SET expires_at = now() + interval '12 hours' WHERE user_id IN (SELECT id FROM (${people('0', 60)}) p)`,
      // What fourteen months have left behind: everybody signs in anew once a month, and leaves a phone or a browser behind.
      `INSERT INTO sessions (user_id, token_hash, user_agent, created_at, expires_at, revoked_at)
       SELECT u.id, ${hashOf(`'st_' || md5(u.id || ' left behind ' || month)`)}, 'Mozilla/5.0', since, since + interval '30 days',
         CASE WHEN (u.id + month) % 5 = 0 THEN since + interval '9 days' END
       FROM generate_series(1, 13) AS month, users u,
         LATERAL (SELECT now() - month * interval '31 days' - (2 + u.id % 9) * interval '1 day' AS since) began`,
      devicesOf('lost', lost, `now() - interval '2 days'`, `now() + interval '28 days'`),
      devicesOf(
        'drawer',
        drawers,
        `now() - interval '14 months'`,
        `now() - (ARRAY[${longAgo.map((ago) => `interval '${ago}'`).join(', ')}])[k]`,
      ),
    ],
    warmUp: [{ request: me, times: 200 }],
    seconds: { steady: 3, incident: 8 },
    timeline: [
      {
        at: 0.5,
        fault: endedSessions({
          sql: `SELECT ${deviceToken('drawer', 'id')} AS token FROM (${drawers}) o`,
          giveUpMs: 3_000,
        }),
      },
      {
        at: 1.5,
        fault: endedSessions({
          sql: `SELECT s.id AS session_id, ${deviceToken('lost', 'o.id')} AS token, ${sessionToken('o.id')} AS own_token
                FROM (${lost}) o JOIN sessions s ON s.user_id = o.id AND s.token_hash = ${hashOf(deviceToken('lost', 'o.id'))}
                ORDER BY o.id`,
          signOut,
          giveUpMs: 3_500,
        }),
      },
    ],
    invariants: [
      {
        name: 'ended-sessions-go',
        claim: 'No session is in the table that ended more than a day ago.',
        // A repair may do without the column revoked_at.
        sql: `SELECT id, user_id, expires_at FROM sessions s
              WHERE least(expires_at, (to_jsonb(s) ->> 'revoked_at')::timestamptz) < now() - interval '1 day'`,
      },
    ],
    steadyState: [
      errorRateUnder({ share: 0.01, during: 'steady', name: 'usual-errors' }),
      p95Under({ ms: 500, during: 'steady', name: 'usual-p95' }),
    ],
    objectives: [
      revokedWithin({ ms: 2_000, fault: 'ended-sessions', name: 'ended-means-ended' }),
      errorRateUnder({ request: me, share: 0.01, name: 'members-stay' }),
      errorRateUnder({ request: back, share: 0.01, name: 'returning-stay' }),
      errorRateUnder({ request: renew, share: 0.01, name: 'renewals-succeed' }),
      errorRateUnder({ request: signIn, share: 0.01, name: 'sign-ins-succeed' }),
      invariant({ name: 'ended-sessions-go', claim: 'what ended more than a day ago has left the table' }),
      usualBuffersPerRequest({ atMost: 60, name: 'lookup-stays-cheap' }),
      p95Under({ ms: 500 }),
      sameResponses(),
    ],
  }),
});
