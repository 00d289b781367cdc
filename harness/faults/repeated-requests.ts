import type { Fault } from '../domain/fault.ts';
import { compileRequest } from '../domain/request-template.ts';
import type { RequestSpec } from '../domain/workload.ts';
import { sleep } from '../platform/clock.ts';
import { ask, watchArrivals } from './app-requests.ts';
import { injection } from './injection.ts';
import { parametersOf } from './parameters.ts';
import { readRows } from './read-rows.ts';
import { stopSignal } from './stop-signal.ts';

/** How long the client waits for an answer, milliseconds; it sends the next request all the same. */
const ANSWER_MS = 5_000;

/**
 * Somebody's broken client sends the same requests over and over, whatever is answered.
 * @param options.sql read-only query; its rows fill the placeholders `{row.column}`, one row after the other, again and again
 * @param options.request what is sent
 * @param options.everyMs distance between two requests, milliseconds, 5 to 60000
 * @throws usageError `FAULT_INVALID`; environmentError `TOO_FEW_RECORDS` on injection when the query has no row
 */
export function repeatedRequests(options: {
  readonly sql: string;
  readonly request: Pick<RequestSpec, 'method' | 'path' | 'headers' | 'body'>;
  readonly everyMs: number;
}): Fault {
  const { sql, request, everyMs } = options;
  const parameters = parametersOf('repeated-requests');
  parameters.matching('sql', sql, /\bselect\b/i, 'Give a SELECT whose columns fill the placeholders.');
  parameters.number('everyMs', everyMs, 5, 60_000);
  return {
    name: 'repeated-requests',
    summary: `A broken client sends ${request.method} ${request.path} every ${everyMs} ms, whatever is answered.`,
    async inject(sandbox, signal) {
      const rows = await readRows(sandbox, 'repeated-requests', sql, 1);
      const template = compileRequest({ ...request, name: 'repeated' }, { row: Object.keys(rows[0]!) });
      const { stop, end } = stopSignal(signal);
      const arrivals = await watchArrivals(sandbox);
      const underWay = new Set<Promise<unknown>>();
      let sent = 0;

      const sendAll = async () => {
        for (; ; sent++) {
          const values = { n: sent, rows: { row: rows[sent % rows.length]! }, uuid: () => '' };
          const { path, ...filled } = template.fill(values);
          const how = { ...filled, timeoutMs: ANSWER_MS, signal: stop };
          // What becomes of it is not the client's concern, and when it goes it hangs up.
          const asking: Promise<unknown> = ask(new URL(path, sandbox.app.entry), how)
            .catch(() => {})
            .finally(() => underWay.delete(asking));
          underWay.add(asking);
          await sleep(everyMs, stop);
        }
      };
      const sending = sendAll().catch(() => {});

      return injection({
        receipt: `${request.method} ${request.path} every ${everyMs} ms, for ${rows.length} records in turns`,
        witness: async () => (sent > 0 ? arrivals() : undefined),
        async undo() {
          end();
          await sending;
          await Promise.all(underWay);
        },
      });
    },
  };
}
