import { randomUUID } from 'node:crypto';
import type { Fault } from '../domain/fault.ts';
import { compileRequest, type FilledRequest } from '../domain/request-template.ts';
import type { PoolRow, RequestSpec } from '../domain/workload.ts';
import { ask, succeeds } from './app-requests.ts';
import { injection } from './injection.ts';
import { parametersOf } from './parameters.ts';
import { readRows } from './read-rows.ts';
import { withPostgres } from './services.ts';
import { stopSignal } from './stop-signal.ts';
import { type Effect, watchEffect } from './watch-effect.ts';

/** Pause between two looks at one replica, milliseconds. */
const POLL_MS = 100;
/** Longest wait for one answer of the app, milliseconds. */
const ANSWER_MS = 5_000;
/** Longest wait for every replica to show the view before the change, and for the change itself to succeed, milliseconds. */
const PREPARE_MS = 10_000;

type Asked = Pick<RequestSpec, 'method' | 'path' | 'headers' | 'body'>;

/**
 * People change records through the app and look whether a view of it shows the change.
 *
 * Before each change every replica has answered the view, so whatever it caches it has cached. From the moment the change is answered, each
 * replica is asked for the view every 100 ms until the answer contains the mark, a UUID that the change wrote. Finding `shownAfterMs`: per
 * change and replica, the time from the answered change to the sending of the first request that showed it; -1 when none did within
 * `giveUpMs`. What the end of the phase cut short, and changes that did not succeed, are left out.
 * @param options.sql read-only query; its first `count` rows fill the placeholders `{row.column}`
 * @param options.count records to change, all at once, 1 to 100
 * @param options.change the request that changes a record; `{uuid}` in it is the mark
 * @param options.view the request whose answer must then contain the mark
 * @param options.stored SQL that returns a row when a mark, `$1`, has arrived in the database
 * @param options.giveUpMs how long a view is asked for, milliseconds, 100 to 900000; default 5000
 * @throws usageError `FAULT_INVALID`; environmentError `TOO_FEW_RECORDS` on injection when the query has fewer rows
 */
export function recordChanges(options: {
  readonly sql: string;
  readonly count: number;
  readonly change: Asked;
  readonly view: Asked;
  readonly stored: string;
  readonly giveUpMs?: number;
}): Fault {
  const { sql, count, change, view, stored, giveUpMs = 5_000 } = options;
  const parameters = parametersOf('record-changes');
  parameters.matching('sql', sql, /\bselect\b/i, 'Give a SELECT whose columns fill the placeholders.');
  parameters.matching('change', JSON.stringify(change), /\{uuid\}/, 'Write {uuid} where the change leaves its mark.');
  parameters.matching('stored', stored, /\$1/, 'Give SQL that looks for the mark $1.');
  parameters.whole('count', count, 1, 100);
  parameters.number('giveUpMs', giveUpMs, 100, 900_000);
  return {
    name: 'record-changes',
    summary: `${count} records are changed, and looked at for ${giveUpMs} ms until the change shows.`,
    async inject(sandbox, signal) {
      const rows = (await readRows(sandbox, 'record-changes', sql, count)).slice(0, count);
      const columns = { row: Object.keys(rows[0] ?? {}) };
      const changing = compileRequest({ ...change, name: 'change' }, columns);
      const viewing = compileRequest({ ...view, name: 'view' }, columns);
      const { stop, end } = stopSignal(signal);
      const patience = { prepareMs: PREPARE_MS, everyMs: POLL_MS, giveUpMs };
      const marks: string[] = [];
      const shownAfterMs: number[] = [];

      const changeOne = async (row: PoolRow) => {
        const mark = randomUUID();
        const values = { n: 1, rows: { row }, uuid: () => mark };
        const [changed, viewed] = [changing.fill(values), viewing.fill(values)];
        const effect: Effect = {
          isReady: async (url) => (await send(viewed, url)).status === 200,
          async act() {
            const succeeded = await succeeds(sandbox.app.entry, changed, ANSWER_MS);
            if (succeeded) marks.push(mark);
            return succeeded;
          },
          shows: async (url) => (await send(viewed, url)).text.includes(mark),
        };
        await watchEffect(sandbox, effect, patience, stop, (ms) => shownAfterMs.push(ms));
      };
      // A change that was stopped or did not succeed leaves no measurement; the check that needs it counts them.
      const changes = rows.map((row) => changeOne(row).catch(() => {}));

      return injection({
        receipt: `Changing ${count} records: ${change.method} ${change.path}`,
        async witness() {
          const [mark] = marks;
          if (mark === undefined) return undefined;
          const found = await withPostgres(sandbox.postgres.readerUrl, (client) => client.query(stored, [mark]));
          return found.rowCount ? `The database has the change ${mark}` : undefined;
        },
        findings: () => ({ shownAfterMs: [...shownAfterMs] }),
        async undo() {
          end();
          await Promise.all(changes);
        },
      });
    },
  };
}

function send({ path, ...request }: FilledRequest, origin: string) {
  return ask(new URL(path, origin), { ...request, timeoutMs: ANSWER_MS });
}
