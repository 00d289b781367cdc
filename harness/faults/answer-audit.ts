import type pg from 'pg';
import { type AccessFacts, mayDo, type Person } from '../domain/access.ts';
import type { Fault } from '../domain/fault.ts';
import type { Sandbox } from '../domain/sandbox.ts';
import { sleep } from '../platform/clock.ts';
import { ask, watchAnswers } from './app-requests.ts';
import { injection } from './injection.ts';
import { parametersOf } from './parameters.ts';
import { readRows } from './read-rows.ts';
import { withPostgres } from './services.ts';
import { stopSignal } from './stop-signal.ts';

/** Longest wait for one answer of the app, milliseconds. */
const ANSWER_MS = 5_000;
/** Users and permissions in one question: together what the app takes at a time. */
const USERS = 10;
const PERMISSIONS = 10;
/** Something that nobody may do but staff, for nobody has heard of it. */
const unheardOf = 'orders.frame';

interface Asked {
  readonly user_id: number | string;
  readonly token: string;
}

/**
 * Auditors ask who may do what, ten users and ten permissions at a time, and hold every decision against the rules, worked out from the tables by
 * themselves.
 *
 * Finding `wrongDecisions`: for each user and permission that was answered 0 when the decision is right, else 1; an answer that is none is wrong in all
 * its decisions. What the end of the phase cut short, and requests without an answer, are left out.
 * @param options.sql read-only query with the columns `user_id`, the users asked about, and `token`, the session to ask with; nothing may change their rights meanwhile
 * @param options.everyMs pause between two questions, milliseconds, 0 to 60000
 * @throws usageError `FAULT_INVALID`; environmentError `TOO_FEW_RECORDS` on injection when the query has fewer than ten rows
 */
export function answerAudit({ sql, everyMs }: { readonly sql: string; readonly everyMs: number }): Fault {
  const parameters = parametersOf('answer-audit');
  parameters.matching('sql', sql, /\bselect\b/i, 'Give a SELECT with the columns user_id and token.');
  parameters.number('everyMs', everyMs, 0, 60_000);
  return {
    name: 'answer-audit',
    summary: `Auditors ask who may do what, every ${everyMs} ms.`,
    async inject(sandbox, signal) {
      const asked = await readRows<Asked>(sandbox, 'answer-audit', sql, USERS);
      const { facts, permissions } = await withPostgres(sandbox.postgres.readerUrl, readFacts);
      const questions = questionsOf(asked, [...permissions, unheardOf]);
      const { stop, end } = stopSignal(signal);
      const answered = await watchAnswers(sandbox);
      const wrongDecisions: number[] = [];
      let answers = 0;

      const askAll = async () => {
        for (const question of questions) {
          const allowed = await decisionsOf(sandbox, question);
          answers++;
          for (const user of question.users)
            for (const permission of question.permissions) {
              const right = mayDo(facts, user, permission);
              wrongDecisions.push(allowed?.get(user)?.has(permission) === right ? 0 : 1);
            }
          await sleep(everyMs, stop);
        }
      };
      // A replica that is being replaced leaves a question without an answer; the checks count those that have one.
      const asking = askAll().catch(() => {});

      return injection({
        receipt: `${questions.length} questions of ${USERS} users and ${PERMISSIONS} permissions each`,
        witness: async () => (answers > 0 ? answered(answers) : undefined),
        findings: () => ({ wrongDecisions: [...wrongDecisions] }),
        async undo() {
          end();
          await asking;
        },
      });
    },
  };
}

interface Question {
  readonly users: readonly string[];
  readonly permissions: readonly string[];
  readonly token: string;
}

/** Ten users at a time, each time with other permissions. */
function questionsOf(asked: readonly Asked[], permissions: readonly string[]): readonly Question[] {
  return Array.from({ length: Math.floor(asked.length / USERS) }, (_, turn) => ({
    users: asked.slice(turn * USERS, (turn + 1) * USERS).map(({ user_id }) => String(user_id)),
    permissions: Array.from(
      { length: PERMISSIONS },
      (_, k) => permissions[(turn * PERMISSIONS + k) % permissions.length]!,
    ),
    token: asked[0]!.token,
  }));
}

/** What each user may do of what was asked; undefined when the answer is none. */
async function decisionsOf(
  sandbox: Sandbox,
  { users, permissions, token }: Question,
): Promise<ReadonlyMap<string, ReadonlySet<string>> | undefined> {
  const url = new URL(`/v1/decisions?users=${users.join()}&permissions=${permissions.join()}`, sandbox.app.entry);
  const headers = { authorization: `Bearer ${token}` };
  const { status, text } = await ask(url, { headers, timeoutMs: ANSWER_MS });
  if (status !== 200) return undefined;
  try {
    const { data } = JSON.parse(text) as { readonly data: readonly { userId: number; allowed: readonly string[] }[] };
    return new Map(data.map(({ userId, allowed }) => [String(userId), new Set(allowed)]));
  } catch {
    return undefined;
  }
}

async function readFacts(client: pg.ClientBase): Promise<{ facts: AccessFacts; permissions: readonly string[] }> {
  const rows = async <Row extends pg.QueryResultRow>(sql: string) => (await client.query<Row>(sql)).rows;
  const people = await rows<Person & { id: string }>(
    `SELECT u.id::text, u.is_staff AS "isStaff", u.status <> 'banned' AND a.status <> 'suspended' AS "isWelcome",
            ARRAY(SELECT role_id::text FROM user_roles WHERE user_id = u.id) AS roles,
            ARRAY(SELECT group_id::text FROM group_members WHERE user_id = u.id) AS groups
     FROM users u JOIN accounts a ON a.id = u.account_id`,
  );
  const roles = await rows<{ id: string; permissions: string[] }>(
    'SELECT role_id::text AS id, array_agg(permission) AS permissions FROM role_permissions GROUP BY role_id',
  );
  const groups = await rows<{ id: string; overrides: Record<string, boolean> }>(
    'SELECT group_id::text AS id, jsonb_object_agg(permission, allowed) AS overrides FROM group_permissions GROUP BY group_id',
  );
  const permissions = await rows<{ key: string }>('SELECT key FROM permissions ORDER BY key');
  return {
    facts: {
      people: new Map(people.map((person) => [person.id, person])),
      roles: new Map(roles.map((role) => [role.id, new Set(role.permissions)])),
      groups: new Map(groups.map((group) => [group.id, new Map(Object.entries(group.overrides))])),
    },
    permissions: permissions.map(({ key }) => key),
  };
}
