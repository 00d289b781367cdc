import type { Fault } from '../domain/fault.ts';
import { compileRequest } from '../domain/request-template.ts';
import type { RequestSpec } from '../domain/workload.ts';
import { ask, succeeds, watchArrivals } from './app-requests.ts';
import { injection } from './injection.ts';
import { parametersOf } from './parameters.ts';
import { readRows } from './read-rows.ts';
import { withPostgres } from './services.ts';
import { stopSignal } from './stop-signal.ts';
import { type Effect, watchEffect } from './watch-effect.ts';

/** Pause between two attempts of a device on one replica, milliseconds. */
const POLL_MS = 100;
/** Longest wait for one answer of the app, milliseconds. */
const ANSWER_MS = 2_000;
/** Longest wait for a replica to accept the device before, and for the sign-out to succeed, milliseconds. */
const PREPARE_MS = 5_000;

interface Device {
  readonly token: string;
  readonly session_id?: number | string;
  readonly own_token?: string;
}

/**
 * Devices keep trying to get in although their sessions have ended: by time, or because their owners sign them out from another device.
 *
 * With `signOut`, every replica has answered the device's `GET /v1/me` with 200 before, so whatever it caches it has cached. From the moment the sign-out is
 * answered (without one: from the start), each replica is asked every 100 ms until it refuses with 401 or 403. Finding `refusedAfterMs`: per device and
 * replica, the time to the first attempt that was refused; -1 when none was within `giveUpMs`. What the end of the phase cut short, and devices whose sign-out
 * did not succeed, are left out.
 * @param options.sql read-only query with the column `token` and, for a sign-out, `session_id` and `own_token`: a session of the same user that goes on; all of its
 * rows are used
 * @param options.signOut what the owner sends with `own_token`; its path may have placeholders `{row.column}`. Default: the sessions have ended before
 * @param options.giveUpMs how long a device goes on trying, milliseconds, 100 to 900000; default 5000
 * @throws usageError `FAULT_INVALID`; environmentError `TOO_FEW_RECORDS` on injection when the query has no row
 */
export function endedSessions(options: {
  readonly sql: string;
  readonly signOut?: Pick<RequestSpec, 'method' | 'path'>;
  readonly giveUpMs?: number;
}): Fault {
  const { sql, signOut, giveUpMs = 5_000 } = options;
  const parameters = parametersOf('ended-sessions');
  parameters.matching(
    'sql',
    sql,
    /\bselect\b/i,
    'Give a SELECT with the column token, and for a sign-out session_id and own_token.',
  );
  parameters.number('giveUpMs', giveUpMs, 100, 900_000);
  return {
    name: 'ended-sessions',
    summary: `Devices ${signOut ? 'are signed out from elsewhere' : 'come back after a long time'} and keep trying for ${giveUpMs} ms.`,
    async inject(sandbox, signal) {
      const devices = await readRows<Device>(sandbox, 'ended-sessions', sql, 1);
      const stored = signOut ? await storedSessions(sandbox.postgres.readerUrl, devices) : [];
      const { stop, end } = stopSignal(signal);
      const witness = await watchArrivals(sandbox);
      const patience = { prepareMs: PREPARE_MS, everyMs: POLL_MS, giveUpMs };
      const refusedAfterMs: number[] = [];
      const effectOf = signOut ? signOutOf(sandbox.app.entry, signOut, devices[0]!) : timePassed;
      const watching = devices.map((device) =>
        watchEffect(sandbox, effectOf(device), patience, stop, (ms) => refusedAfterMs.push(ms)).catch(() => {}),
      );

      return injection({
        receipt: `${devices.length} devices${signOut ? `, ${signOut.method} ${signOut.path}` : ''}`,
        witness,
        findings: () => ({ refusedAfterMs: [...refusedAfterMs] }),
        async undo() {
          end();
          await Promise.all(watching);
          await restore(sandbox.postgres.adminUrl, stored);
        },
      });
    },
  };
}

async function admission(url: string, token: string): Promise<number> {
  const { status } = await ask(`${url}/v1/me`, { headers: { authorization: `Bearer ${token}` }, timeoutMs: ANSWER_MS });
  return status;
}

const timePassed = ({ token }: Device): Effect => ({
  isReady: async () => true,
  act: async () => true,
  shows: async (url) => [401, 403].includes(await admission(url, token)),
});

function signOutOf(entry: URL, signOut: Pick<RequestSpec, 'method' | 'path'>, first: Device) {
  const headers = { authorization: 'Bearer {row.own_token}' };
  const template = compileRequest({ ...signOut, headers, name: 'sign-out' }, { row: Object.keys(first) });
  return (device: Device): Effect => ({
    ...timePassed(device),
    isReady: async (url) => (await admission(url, device.token)) === 200,
    act: () => succeeds(entry, template.fill({ n: 1, rows: { row: { ...device } }, uuid: () => '' }), ANSWER_MS),
  });
}

/** The rows as they are, whatever columns a repair has given them, as JSON. */
async function storedSessions(databaseUrl: string, devices: readonly Device[]): Promise<readonly unknown[]> {
  const { rows } = await withPostgres(databaseUrl, (client) =>
    client.query<{ stored: unknown }>('SELECT to_jsonb(s) AS stored FROM sessions s WHERE id = ANY($1)', [
      devices.map(({ session_id }) => session_id),
    ]),
  );
  return rows.map(({ stored }) => stored);
}

/** So that they can be signed out again when the incident comes back. */
async function restore(databaseUrl: string, stored: readonly unknown[]): Promise<void> {
  if (stored.length === 0) return;
  const rows = JSON.stringify(stored);
  await withPostgres(databaseUrl, async (client) => {
    await client.query('BEGIN');
    await client.query(
      'DELETE FROM sessions WHERE id IN (SELECT id FROM jsonb_populate_recordset(NULL::sessions, $1))',
      [rows],
    );
    await client.query('INSERT INTO sessions SELECT * FROM jsonb_populate_recordset(NULL::sessions, $1)', [rows]);
    await client.query('COMMIT');
  });
}
