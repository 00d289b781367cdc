import type { Fault } from '../domain/fault.ts';
import { compileRequest, type FilledRequest } from '../domain/request-template.ts';
import type { PoolRow, RequestSpec } from '../domain/workload.ts';
import { ask, succeeds, watchAnswers } from './app-requests.ts';
import { injection } from './injection.ts';
import { parametersOf } from './parameters.ts';
import { readRows } from './read-rows.ts';
import { stopSignal } from './stop-signal.ts';
import { type Effect, watchEffect } from './watch-effect.ts';

/** Pause between two looks at one replica, milliseconds. */
const POLL_MS = 100;
/** Longest wait for one answer of the app, milliseconds. */
const ANSWER_MS = 5_000;
/** Longest wait for every replica to say yes before, and for the change to succeed, milliseconds. */
const PREPARE_MS = 8_000;

type Change = Pick<RequestSpec, 'method' | 'path' | 'body'>;

interface Affected extends PoolRow {
  readonly user_id: number | string;
  readonly permission: string;
  readonly token: string;
  readonly admin_token: string;
}

/**
 * Administrators take a permission away from people, and another service keeps asking whether they have it.
 *
 * Before, every replica has answered that they have it, so whatever it caches it has cached. From the moment the change is answered, each replica is asked every
 * 100 ms until it says no. Finding `refusedAfterMs`: per user and replica, the time from the answered change to the first such answer; -1 when there was none within
 * `giveUpMs`. What the end of the phase cut short, and changes that did not succeed, are left out.
 * @param options.sql read-only query with the columns `user_id`, `permission`, `token` (who asks), `admin_token` (who changes), and what `change` and `back` need
 * @param options.change what takes the permission away; `{row.column}` stands for a column
 * @param options.back what gives it back, when the fault is taken back
 * @param options.giveUpMs how long is asked for, milliseconds, 100 to 900000; default 5000
 * @throws usageError `FAULT_INVALID`; environmentError `TOO_FEW_RECORDS` on injection when the query has no row
 */
export function accessChanges(options: {
  readonly sql: string;
  readonly change: Change;
  readonly back: Change;
  readonly giveUpMs?: number;
}): Fault {
  const { sql, change, back, giveUpMs = 5_000 } = options;
  const parameters = parametersOf('access-changes');
  parameters.matching('sql', sql, /\bselect\b/i, 'Give a SELECT with user_id, permission, token and admin_token.');
  parameters.number('giveUpMs', giveUpMs, 100, 900_000);
  return {
    name: 'access-changes',
    summary: `Administrators take a permission away from people, who are asked about for ${giveUpMs} ms.`,
    async inject(sandbox, signal) {
      const affected = await readRows<Affected>(sandbox, 'access-changes', sql, 1);
      const columns = { row: Object.keys(affected[0]!) };
      const headers = { authorization: 'Bearer {row.admin_token}' };
      const taking = compileRequest({ ...change, headers, name: 'change' }, columns);
      const giving = compileRequest({ ...back, headers, name: 'back' }, columns);
      const { stop, end } = stopSignal(signal);
      const answers = await watchAnswers(sandbox);
      const taken = new Set<Affected>();
      const refusedAfterMs: number[] = [];

      const send = (filled: FilledRequest) => succeeds(sandbox.app.entry, filled, ANSWER_MS);
      const fillingFor = (row: Affected) => ({ n: 1, rows: { row }, uuid: () => '' });
      const effectOf = (row: Affected): Effect => ({
        isReady: async (url) => (await hasPermission(url, row)) === true,
        async act() {
          taken.add(row);
          return send(taking.fill(fillingFor(row)));
        },
        shows: async (url) => (await hasPermission(url, row)) === false,
      });
      const patience = { prepareMs: PREPARE_MS, everyMs: POLL_MS, giveUpMs };
      const watching = affected.map((row) =>
        watchEffect(sandbox, effectOf(row), patience, stop, (ms) => refusedAfterMs.push(ms)).catch(() => {}),
      );

      return injection({
        receipt: `${affected.length} people, ${change.method} ${change.path}`,
        witness: () => answers(),
        findings: () => ({ refusedAfterMs: [...refusedAfterMs] }),
        async undo() {
          end();
          await Promise.all(watching);
          await Promise.allSettled([...taken].map((row) => send(giving.fill(fillingFor(row)))));
        },
      });
    },
  };
}

/** What a replica says; undefined when it says nothing about it. */
async function hasPermission(url: string, { user_id, permission, token }: Affected): Promise<boolean | undefined> {
  const asked = `${url}/v1/decisions?users=${user_id}&permissions=${permission}`;
  const { status, text } = await ask(asked, { headers: { authorization: `Bearer ${token}` }, timeoutMs: ANSWER_MS });
  if (status !== 200) return undefined;
  const { data } = JSON.parse(text) as { readonly data: readonly { readonly allowed: readonly string[] }[] };
  return data[0]?.allowed.includes(permission) ?? false;
}
