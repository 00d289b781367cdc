import { randomInt } from 'node:crypto';
import type { Fault } from '../domain/fault.ts';
import { replicasOf } from '../domain/sandbox.ts';
import { sleep, until } from '../platform/clock.ts';
import { ask, requestsArrived } from './app-requests.ts';
import { injection } from './injection.ts';
import { parametersOf } from './parameters.ts';
import { readRows } from './read-rows.ts';
import { withPostgres } from './services.ts';
import { stopSignal } from './stop-signal.ts';

/** Pause between two looks of a user at the own profile on one replica, milliseconds. */
const POLL_MS = 200;
/** Longest wait for one answer of the app, milliseconds. */
const ANSWER_MS = 2_000;
/** Longest wait for a change to succeed, milliseconds. */
const CHANGE_MS = 10_000;

interface Person {
  readonly user_id: number | string;
  readonly token: string;
}

/**
 * Users change the language of their own profile through the app and keep looking at it, whether it stays changed.
 *
 * From the moment the change is answered, each replica is asked for `GET /v1/me` every 200 ms until the fault is taken back. Finding
 * `shownAfterMs`: per user and replica, the time from the answered change to the first look from which on every answer showed it; -1 when the last
 * answer did not. Looks without an answer say nothing, changes that did not succeed are left out.
 * @param options.sql read-only query with the columns `user_id` and `token`; all of its rows are used, all at once
 * @throws usageError `FAULT_INVALID`; environmentError `TOO_FEW_RECORDS` on injection when the query has no row
 */
export function preferenceChanges({ sql }: { readonly sql: string }): Fault {
  const parameters = parametersOf('preference-changes');
  parameters.matching('sql', sql, /\bselect\b/i, 'Give a SELECT with the columns user_id and token.');
  return {
    name: 'preference-changes',
    summary: 'Users change the language of their profiles and keep looking whether it stays changed.',
    async inject(sandbox, signal) {
      const people = await readRows<Person>(sandbox, 'preference-changes', sql, 1);
      const before = await localesOf(sandbox.postgres.readerUrl, people);
      const locale = `${letters('a')}-${letters('A')}`;
      const { stop, end } = stopSignal(signal);
      const arrived = () => requestsArrived(sandbox).catch(() => Number.NaN);
      const arrivedBefore = await arrived();
      const changed: Person[] = [];
      let asked = 0;
      const watches: Watch[] = [];

      const changeAndWatch = async (person: Person) => {
        const { token } = person;
        const change = () => {
          asked += 1;
          return setLocale(sandbox.app.entry, token, locale);
        };
        await until('success', change, { timeoutMs: CHANGE_MS, everyMs: POLL_MS, signal: stop });
        changed.push(person);
        const since = performance.now();
        const looks = replicasOf(sandbox).map(async ({ name }) => {
          const watch: Watch = { shownAfterMs: undefined };
          watches.push(watch);
          for (;;) {
            const looked = performance.now() - since;
            const url = replicasOf(sandbox).find((replica) => replica.name === name)?.url;
            const shown = url && (await localeAt(url, token).catch(() => undefined));
            if (shown === locale) watch.shownAfterMs ??= looked;
            else if (shown) watch.shownAfterMs = undefined;
            await sleep(POLL_MS, stop);
          }
        });
        await Promise.all(looks);
      };
      const changing = people.map((person) => changeAndWatch(person).catch(() => {}));

      return injection({
        receipt: `${people.length} users change their language to ${locale}`,
        async witness() {
          const now = await localesOf(sandbox.postgres.readerUrl, changed);
          const others = [...now].filter(([id, value]) => value !== before.get(id)).length;
          if (others > 0) return `The database has another language for ${others} of these users`;
          // An app that has no answer for anybody was asked all the same.
          const more = (await arrived()) - arrivedBefore;
          return asked > 0 && more > 0 ? `${more} more requests have reached the app since` : undefined;
        },
        findings: () => ({ shownAfterMs: watches.map((watch) => watch.shownAfterMs ?? -1) }),
        async undo() {
          end();
          await Promise.all(changing);
          await restoreLocales(sandbox.postgres.adminUrl, before);
        },
      });
    },
  };
}

interface Watch {
  /** Since when every answer has shown the change; undefined while the last one did not. */
  shownAfterMs: number | undefined;
}

/** Two letters by chance, from `first` on. */
function letters(first: 'a' | 'A'): string {
  const letter = () => String.fromCharCode(first.charCodeAt(0) + randomInt(26));
  return letter() + letter();
}

async function setLocale(entry: URL, token: string, locale: string): Promise<boolean> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ locale });
  const path = new URL('/v1/me/preferences', entry);
  const { status } = await ask(path, { method: 'PATCH', headers, body, timeoutMs: ANSWER_MS });
  return status === 200;
}

/** The language that the user sees in the own profile on this replica; undefined when the answer is not a profile. */
async function localeAt(url: string, token: string): Promise<string | undefined> {
  const headers = { authorization: `Bearer ${token}` };
  const { text } = await ask(`${url}/v1/me`, { headers, timeoutMs: ANSWER_MS });
  return (JSON.parse(text) as { preferences?: { locale?: string } }).preferences?.locale;
}

type Locales = ReadonlyMap<string, string | null>;

/** The stored language of each user; null without one. */
async function localesOf(databaseUrl: string, people: readonly Person[]): Promise<Locales> {
  const { rows } = await withPostgres(databaseUrl, (client) =>
    client.query<{ id: string; locale: string | null }>(
      `SELECT u.id::text, p.locale FROM users u LEFT JOIN user_preferences p ON p.user_id = u.id WHERE u.id = ANY($1)`,
      [people.map(({ user_id }) => user_id)],
    ),
  );
  return new Map(rows.map(({ id, locale }) => [id, locale]));
}

async function restoreLocales(databaseUrl: string, locales: Locales): Promise<void> {
  await withPostgres(databaseUrl, async (client) => {
    for (const [id, locale] of locales) {
      if (locale === null) await client.query('DELETE FROM user_preferences WHERE user_id = $1', [id]);
      else await client.query('UPDATE user_preferences SET locale = $2 WHERE user_id = $1', [id, locale]);
    }
  });
}
