import { environmentError } from '../domain/errors.ts';
import type { Fault } from '../domain/fault.ts';
import { replicasOf } from '../domain/sandbox.ts';
import { ask } from './app-requests.ts';
import { injection } from './injection.ts';
import { parametersOf } from './parameters.ts';
import { withPostgres } from './services.ts';
import { stopSignal } from './stop-signal.ts';
import { untilShown } from './watch-effect.ts';

/** Pause between two looks of a user at the own profile on one replica, milliseconds. */
const POLL_MS = 200;
/** Longest wait for one answer of the app, milliseconds. */
const ANSWER_MS = 2_000;

interface Edited {
  readonly user_id: number | string;
  readonly token: string;
}

/**
 * Somebody corrects users' titles straight in the database, past the app; the users watch their own profile until it shows.
 *
 * From the edit on, each replica is asked for `GET /v1/me` every 200 ms until it answers with the new title. Finding `shownAfterMs`: per user
 * and replica, the time from the edit to the request that showed it; -1 when none did within `giveUpMs`. What the end of the phase cut short
 * is left out.
 * @param options.sql read-only query with the columns `user_id` and `token`; all of its rows are used
 * @param options.giveUpMs how long the users go on watching, milliseconds, 100 to 900000
 * @throws usageError `FAULT_INVALID`; environmentError `TOO_FEW_USERS` on injection when the query has no row
 */
export function profileEdits({ sql, giveUpMs }: { readonly sql: string; readonly giveUpMs: number }): Fault {
  const parameters = parametersOf('profile-edits');
  parameters.matching('sql', sql, /\bselect\b/i, 'Give a SELECT with the columns user_id and token.');
  parameters.number('giveUpMs', giveUpMs, 100, 900_000);
  return {
    name: 'profile-edits',
    summary: `Users' titles are corrected in the database; the users watch their profiles for ${giveUpMs} ms.`,
    async inject(sandbox, signal) {
      const users = await withPostgres(sandbox.postgres.readerUrl, (client) => client.query<Edited>(sql));
      const ids = users.rows.map(({ user_id }) => String(user_id));
      if (ids.length === 0) throw environmentError('TOO_FEW_USERS', 'profile-edits: the query gives no user');
      const title = `Corrected ${new Date().toISOString()}`;
      const before = await withPostgres(sandbox.postgres.adminUrl, async (client) => {
        const titles = await client.query('SELECT id, title FROM users WHERE id = ANY($1)', [ids]);
        await client.query('UPDATE users SET title = $2 WHERE id = ANY($1)', [ids, title]);
        return titles.rows;
      });

      const { stop, end } = stopSignal(signal);
      const since = performance.now();
      const shownAfterMs: number[] = [];
      const watching = users.rows.flatMap(({ token }) =>
        replicasOf(sandbox).map(async ({ name }) => {
          const shows = async (url: string) => (await titleAt(url, token)) === title;
          shownAfterMs.push(await untilShown(sandbox, name, shows, since, { everyMs: POLL_MS, giveUpMs }, stop));
        }),
      );
      const watched = Promise.allSettled(watching);

      return injection({
        receipt: `${ids.length} titles changed to "${title}"`,
        async witness() {
          const seen = await withPostgres(sandbox.postgres.readerUrl, (client) =>
            client.query('SELECT FROM users WHERE title = $1', [title]),
          );
          return seen.rowCount ? `The database has the new title for ${seen.rowCount} users` : undefined;
        },
        findings: () => ({ shownAfterMs: [...shownAfterMs] }),
        async undo() {
          end();
          await watched;
          await withPostgres(sandbox.postgres.adminUrl, async (client) => {
            for (const row of before)
              await client.query('UPDATE users SET title = $2 WHERE id = $1', [row.id, row.title]);
          });
        },
      });
    },
  };
}

/** The title that the user sees in the own profile on this replica. */
async function titleAt(url: string, token: string): Promise<unknown> {
  const headers = { authorization: `Bearer ${token}` };
  const { text } = await ask(`${url}/v1/me`, { headers, timeoutMs: ANSWER_MS });
  return (JSON.parse(text) as { title?: unknown }).title;
}
