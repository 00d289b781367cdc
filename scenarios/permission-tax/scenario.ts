import {
  accessChanges,
  answerAudit,
  answersMatch,
  defineScenario,
  errorRateUnder,
  p95Under,
  p99Under,
  poolWaitUnder,
  revokedWithin,
  sameResponses,
  sessionToken,
  statementsPerRequest,
} from '../../harness/authoring.ts';

const ask = 'may they?';
const me = 'who am I';

const bearer = (pool: string) => ({ authorization: `Bearer {${pool}.token}` });

/** Another service asks as one of our staff. */
const service = `(SELECT ${sessionToken('id')} FROM users WHERE is_staff AND status = 'active' ORDER BY id LIMIT 1)`;

/** Decisions in one request of the load. */
const together = 30;
/** What one decision may take, milliseconds. */
const perDecision = 5;

/** Active members of accounts whose administrators take rights away; the auditors ask about the other accounts. */
const members = `
  SELECT u.id, u.account_id, ${sessionToken('a.owner_id')} AS admin_token FROM users u JOIN accounts a ON a.id = u.account_id
  WHERE a.id > 2 AND a.id % 2 = 1 AND a.status = 'active' AND u.status = 'active' AND u.id <> a.owner_id`;

/** What no group of the story grants or withholds: what people are about to lose, and what their administrators need for it. */
const kept = `'orders.read', 'orders.write', 'users.roles', 'groups.permissions'`;

const numbered = (list: string) => `row_number() OVER (ORDER BY ${list})`;

interface Screen {
  /** SQL of the two lists that a request asks about, each request another row. */
  readonly sql: string;
}

export default defineScenario({
  title: 'May they?',
  summary:
    'Next week every service asks us who may do what, and a rehearsal with a tenth of them brought the page to its knees.',
  failure: 'Permission checks resolved by a query cascade per request',
  level: 'staff',
  minutes: 90,
  skills: ['set-based SQL', 'authorisation models', 'consistency against speed'],
  size: 'small',
  network: { postgresMs: 2 },
  variants: {
    people: {
      sql: `SELECT string_agg(id::text, ',' ORDER BY id) AS users, min(permission) AS permissions
            FROM (SELECT id, (id / ${together}) AS page FROM users WHERE account_id > 2) u
            JOIN (SELECT key AS permission, ${numbered('key')} AS k FROM permissions) p ON p.k = 1 + u.page % 50
            GROUP BY page HAVING count(*) > ${together / 2} ORDER BY page LIMIT 150`,
    },
    buttons: {
      sql: `SELECT u.id::text AS users, string_agg(p.key, ',' ORDER BY p.key) AS permissions
            FROM (SELECT id FROM users WHERE account_id > 2 ORDER BY id LIMIT 300) u
            JOIN (SELECT key, ${numbered('key')} AS k FROM permissions) p ON (p.k + u.id) % 5 < 3
            GROUP BY u.id ORDER BY u.id`,
    },
  } satisfies Record<string, Screen>,
  plan: ({ sql }) => ({
    workload: {
      rate: { perSecond: 20 },
      pools: {
        questions: { draw: 'uniform', sql: `SELECT q.*, ${service} AS token FROM (${sql}) q` },
        people: {
          draw: 'uniform',
          sql: `SELECT id, ${sessionToken('id')} AS token FROM users WHERE account_id = 2 AND status = 'active' ORDER BY id LIMIT 100`,
        },
      },
      requests: [
        {
          name: ask,
          method: 'GET',
          path: '/v1/decisions?users={questions.users}&permissions={questions.permissions}',
          headers: bearer('questions'),
          weight: 12,
        },
        { name: me, method: 'GET', path: '/v1/me', headers: bearer('people'), weight: 8 },
      ],
    },
    setUp: [
      // The model that is about to ship: everybody in some groups, and each group with something to say about a third of the fifty permissions.
      `INSERT INTO group_members (group_id, user_id)
       SELECT g.id, u.id FROM users u JOIN groups g ON g.account_id = u.account_id WHERE (u.id + g.id) % 2 = 0 ON CONFLICT DO NOTHING`,
      `INSERT INTO group_permissions (group_id, permission, allowed)
       SELECT g.id, p.key, (g.id + k) % 5 > 1
       FROM groups g, (SELECT key, ${numbered('key')} AS k FROM permissions WHERE key NOT IN (${kept})) p
       WHERE (g.id + k) % 3 = 0 AND g.account_id > 2 ON CONFLICT DO NOTHING`,
      `DELETE FROM group_permissions WHERE permission IN (${kept})`,
      'ANALYZE group_members, group_permissions',
    ],
    warmUp: [{ request: me, times: 100 }],
    seconds: { steady: 2.5, incident: 8.5 },
    timeline: [
      {
        at: 0.1,
        fault: answerAudit({
          sql: `SELECT id AS user_id, ${service} AS token FROM (
                  SELECT id FROM users WHERE account_id % 2 = 0
                  UNION ALL SELECT id + 10000000 FROM users WHERE id % 97 = 0) u
                ORDER BY md5(id::text) LIMIT 1000`,
          everyMs: 25,
        }),
      },
      {
        at: 1,
        fault: accessChanges({
          sql: `SELECT m.id AS user_id, 'orders.write' AS permission, ${service} AS token, m.admin_token
                FROM (${members}) m JOIN user_roles ur ON ur.user_id = m.id JOIN roles r ON r.id = ur.role_id
                GROUP BY m.id, m.admin_token HAVING array_agg(r.name) = '{buyer}' ORDER BY m.id DESC LIMIT 6`,
          change: { method: 'PUT', path: '/v1/users/{row.user_id}/roles', body: { roles: ['viewer'] } },
          back: { method: 'PUT', path: '/v1/users/{row.user_id}/roles', body: { roles: ['buyer'] } },
          giveUpMs: 3_500,
        }),
      },
      {
        // Late enough that it does not make an instance forget what the other change was about.
        at: 3,
        fault: accessChanges({
          sql: `SELECT * FROM (
                  SELECT DISTINCT ON (m.account_id) m.account_id AS account, m.id AS user_id, 'orders.read' AS permission, ${service} AS token, m.admin_token, gm.group_id
                  FROM (${members}) m JOIN group_members gm ON gm.user_id = m.id
                  JOIN user_roles ur ON ur.user_id = m.id ORDER BY m.account_id, m.id) one ORDER BY account LIMIT 6`,
          change: {
            method: 'PUT',
            path: '/v1/groups/{row.group_id}/permissions/orders.read',
            body: { allowed: false },
          },
          back: { method: 'PUT', path: '/v1/groups/{row.group_id}/permissions/orders.read', body: { allowed: null } },
          giveUpMs: 3_500,
        }),
      },
    ],
    steadyState: [
      errorRateUnder({ share: 0.01, during: 'steady', name: 'usual-errors' }),
      p95Under({ request: me, ms: 500, during: 'steady', name: 'usual-p95' }),
    ],
    objectives: [
      p99Under({ request: ask, ms: together * perDecision, name: 'decided-in-time' }),
      statementsPerRequest({ request: ask, atMost: 6, name: 'work-per-request' }),
      answersMatch(),
      revokedWithin({ ms: 1_000, fault: 'access-changes', name: 'withdrawals-hold' }),
      poolWaitUnder({ ms: 100, name: 'connections-to-spare' }),
      errorRateUnder({ share: 0.01 }),
      sameResponses(),
    ],
  }),
});
