import { environmentError } from '../domain/errors.ts';
import type { Fault } from '../domain/fault.ts';
import type { Sandbox } from '../domain/sandbox.ts';
import { sleep } from '../platform/clock.ts';
import { ask } from './app-requests.ts';
import { injection } from './injection.ts';
import { parametersOf } from './parameters.ts';
import { withPostgres } from './services.ts';
import { stopSignal } from './stop-signal.ts';
import { type Effect, watchEffect } from './watch-effect.ts';

/** Pause between two attempts of a banned user on one replica, milliseconds. */
const POLL_MS = 100;
/** Longest wait for one answer of the app, milliseconds. */
const ANSWER_MS = 2_000;
/** Longest wait for a replica to accept the user before the ban, and for the ban itself to succeed, milliseconds. */
const PREPARE_MS = 5_000;

interface Candidate {
  readonly user_id: number | string;
  readonly token: string;
  readonly admin_token: string;
}

/**
 * Users are banned by an administrator of their account, one after the other, and go on trying to get in on every replica.
 *
 * Before each ban every replica has answered the user's `GET /v1/me` with 200, so whatever it caches it has cached. From the moment the ban
 * is answered, each replica is asked every 100 ms until it refuses with 401 or 403. Finding `refusedAfterMs`: per user and replica, the time
 * from the answered ban to the first request that was refused; -1 when none was within `giveUpMs`. What the end of the phase cut short, and
 * users whose ban did not succeed, are left out.
 *
 * Bans made `directly` are written into the database, past the app and without waiting for it: also an app that answers nobody learns who is banned.
 * @param options.sql read-only query with the columns `user_id`, `token` and `admin_token`; its first `count` rows are used
 * @param options.count users to ban, 1 to 1000
 * @param options.everyMs distance between bans, milliseconds, 0 to 600000
 * @param options.giveUpMs how long a banned user goes on trying, milliseconds, 100 to 900000; default 5000
 * @param options.directly whether support bans in the database, in place of the administrator in the app; default false
 * @throws usageError `FAULT_INVALID`; environmentError `TOO_FEW_USERS` on injection when the query has fewer rows
 */
export function userBans(options: {
  readonly sql: string;
  readonly count: number;
  readonly everyMs: number;
  readonly giveUpMs?: number;
  readonly directly?: boolean;
}): Fault {
  const { sql, count, everyMs, giveUpMs = 5_000, directly = false } = options;
  const parameters = parametersOf('user-bans');
  parameters.matching('sql', sql, /\bselect\b/i, 'Give a SELECT with the columns user_id, token and admin_token.');
  parameters.whole('count', count, 1, 1_000);
  parameters.number('everyMs', everyMs, 0, 600_000);
  parameters.number('giveUpMs', giveUpMs, 100, 900_000);
  return {
    name: 'user-bans',
    summary: `${count} users are banned${directly ? ' in the database' : ''}, one every ${everyMs} ms, and keep trying for ${giveUpMs} ms.`,
    async inject(sandbox, signal) {
      const candidates = await readCandidates(sandbox, sql, count);
      const { stop, end } = stopSignal(signal);
      const banned = new Set<string>();
      const patience = { prepareMs: PREPARE_MS, everyMs: POLL_MS, giveUpMs };
      const refusedAfterMs: number[] = [];

      const banOne = async (candidate: Candidate, index: number) => {
        await sleep(index * everyMs, stop);
        const ban = directly ? directBanOf(sandbox, candidate, banned) : banOf(sandbox, candidate, banned);
        await watchEffect(sandbox, ban, patience, stop, (ms) => refusedAfterMs.push(ms));
      };
      // A ban that was stopped or did not succeed leaves no measurement; the check that needs it counts them.
      const bans = candidates.map((candidate, index) => banOne(candidate, index).catch(() => {}));

      return injection({
        receipt: `Banning ${count} users, one every ${everyMs} ms, first ${candidates[0]?.user_id}`,
        async witness() {
          const seen = await withPostgres(sandbox.postgres.readerUrl, (client) =>
            client.query(`SELECT id FROM users WHERE status = 'banned' AND id = ANY($1)`, [[...banned]]),
          );
          return seen.rowCount ? `The database has ${seen.rowCount} of these users as banned` : undefined;
        },
        findings: () => ({ refusedAfterMs: [...refusedAfterMs] }),
        async undo() {
          end();
          await Promise.all(bans);
          // As the administrators would, so that the app learns of it; then for certain, whatever the app makes of it.
          const known = candidates.filter(({ user_id }) => banned.has(String(user_id)));
          if (!directly) await Promise.allSettled(known.map((candidate) => setBanned(sandbox, candidate, false)));
          await withPostgres(sandbox.postgres.adminUrl, (client) =>
            client.query(`UPDATE users SET status = 'active' WHERE status = 'banned' AND id = ANY($1)`, [[...banned]]),
          );
        },
      });
    },
  };
}

async function readCandidates(sandbox: Sandbox, sql: string, count: number): Promise<readonly Candidate[]> {
  const { rows } = await withPostgres(sandbox.postgres.readerUrl, (client) => client.query<Candidate>(sql));
  const usable = rows.filter((row) => row.user_id && row.token && row.admin_token).slice(0, count);
  if (usable.length < count) {
    const message = `user-bans: the query gives ${usable.length} users with user_id, token and admin_token, not ${count}`;
    throw environmentError('TOO_FEW_USERS', message, 'Ask for fewer users or widen the query.');
  }
  return usable;
}

/** The ban of one user, who is written into `banned` first. */
function banOf(sandbox: Sandbox, candidate: Candidate, banned: Set<string>): Effect {
  const { user_id, token } = candidate;
  const admission = (url: string) => answerStatus('GET', `${url}/v1/me`, token);
  return {
    isReady: async (url) => (await admission(url)) === 200,
    async act() {
      banned.add(String(user_id));
      return setBanned(sandbox, candidate, true);
    },
    shows: async (url) => [401, 403].includes(await admission(url)),
  };
}

/** The ban of one user by somebody who does not ask the app. */
function directBanOf(sandbox: Sandbox, candidate: Candidate, banned: Set<string>): Effect {
  return {
    ...banOf(sandbox, candidate, banned),
    isReady: async () => true,
    async act() {
      banned.add(String(candidate.user_id));
      const { rowCount } = await withPostgres(sandbox.postgres.adminUrl, (client) =>
        client.query(`UPDATE users SET status = 'banned' WHERE id = $1`, [candidate.user_id]),
      );
      return rowCount === 1;
    },
  };
}

/** Bans a user or lifts the ban, as an administrator; whether the app says that it did. */
async function setBanned(sandbox: Sandbox, { user_id, admin_token }: Candidate, banned: boolean): Promise<boolean> {
  const path = `/v1/users/${user_id}/${banned ? 'ban' : 'unban'}`;
  const status = await answerStatus('POST', new URL(path, sandbox.app.entry), admin_token);
  return status >= 200 && status <= 299;
}

async function answerStatus(method: 'GET' | 'POST', url: string | URL, token: string): Promise<number> {
  const headers = { authorization: `Bearer ${token}` };
  const { status } = await ask(url, { method, headers, timeoutMs: ANSWER_MS });
  return status;
}
