import { performance } from 'node:perf_hooks';
import { request } from 'undici';
import type { Fault } from '../domain/fault.ts';
import { compileRequest, type FilledRequest } from '../domain/request-template.ts';
import type { PoolRow } from '../domain/workload.ts';
import { atTheLatest, sleep } from '../platform/clock.ts';
import { watchArrivals } from './app-requests.ts';
import { injection } from './injection.ts';
import { parametersOf } from './parameters.ts';
import { readRows } from './read-rows.ts';
import { stopSignal } from './stop-signal.ts';

/** How a download ended; those that the end of the phase cut short didn't. */
type End = 'whole' | 'incomplete' | 'late';

/** One file, with whatever else its request needs. */
interface Downloaded {
  readonly lines: string | number;
  readonly [column: string]: unknown;
}

/**
 * Customers download files, one after the other, whether or not the ones before have arrived.
 *
 * Findings, one per download that was over or had its time: `incomplete`, 1 when it was over and not whole, else 0; and `late`, 1 when it was not over within
 * `withinMs`, else 0; what the end of the phase cut short is left out. Besides `arrived after`, how long each that arrived whole took, milliseconds.
 * @param options.sql read-only query whose columns fill the placeholders `{row.column}` of `path` and `{row.token}`, the session to download with; its column
 * `lines` says how many lines the file has; its rows are taken in turns
 * @param options.path where the file is
 * @param options.everyMs distance between two downloads, milliseconds, 100 to 60000
 * @param options.withinMs longest time for one, milliseconds, 100 to 60000
 * @throws usageError `FAULT_INVALID`; environmentError `TOO_FEW_RECORDS` on injection when the query has no row
 */
export function downloads(options: {
  readonly sql: string;
  readonly path: string;
  readonly everyMs: number;
  readonly withinMs: number;
}): Fault {
  const { sql, path, everyMs, withinMs } = options;
  const parameters = parametersOf('downloads');
  parameters.matching('sql', sql, /\blines\b/i, 'Give a SELECT with a column lines.');
  parameters.matching('path', path, /^\//, 'Give a path that begins with a slash.');
  parameters.number('everyMs', everyMs, 100, 60_000);
  parameters.number('withinMs', withinMs, 100, 60_000);
  return {
    name: 'downloads',
    summary: `Customers download ${path}, one every ${everyMs} ms.`,
    async inject(sandbox, signal) {
      const files = await readRows<Downloaded>(sandbox, 'downloads', sql, 1);
      const template = compileRequest(
        { name: 'download', method: 'GET', path, headers: { authorization: 'Bearer {row.token}' } },
        { row: Object.keys(files[0]!) },
      );
      const { stop, end } = stopSignal(signal);
      const witness = await watchArrivals(sandbox);
      const ends: End[] = [];
      const ended = (how: End) => ends.map((end) => (end === how ? 1 : 0));
      const arrivedAfter: number[] = [];
      const underWay = new Set<Promise<void>>();

      const download = async (file: Downloaded, filled: FilledRequest) => {
        const begun = performance.now();
        const url = new URL(filled.path, sandbox.app.entry);
        const cut = atTheLatest(withinMs, stop);
        const lines = await linesOf(url, filled, cut);
        if (lines === Number(file.lines)) {
          arrivedAfter.push(Math.round(performance.now() - begun));
          ends.push('whole');
        } else if (isTimeout(cut.reason)) {
          // By the reason, not by the time that passed: a timer may fire a fraction of a millisecond early.
          ends.push('late');
        } else if (!stop.aborted) {
          ends.push('incomplete');
        }
      };
      const downloadAll = async () => {
        for (let turn = 0; ; turn++) {
          const file = files[turn % files.length]!;
          const filled = template.fill({ n: turn, rows: { row: file as unknown as PoolRow }, uuid: () => '' });
          const downloading: Promise<void> = download(file, filled).finally(() => underWay.delete(downloading));
          underWay.add(downloading);
          await sleep(everyMs, stop);
        }
      };
      const downloading = downloadAll().catch(() => {});

      return injection({
        receipt: `${path} every ${everyMs} ms, ${files.length} files in turns`,
        witness,
        findings: () => ({ incomplete: ended('incomplete'), late: ended('late'), 'arrived after': [...arrivedAfter] }),
        async undo() {
          end();
          await downloading;
          await Promise.all(underWay);
        },
      });
    },
  };
}

function isTimeout(reason: unknown): boolean {
  return reason instanceof DOMException && reason.name === 'TimeoutError';
}

/** Lines of an answer that arrived whole, with status 200; otherwise -1. */
async function linesOf(url: URL, { method, headers }: FilledRequest, signal: AbortSignal): Promise<number> {
  try {
    const { statusCode, body } = await request(url, { method, headers, signal });
    let lines = 0;
    for await (const chunk of body as AsyncIterable<Buffer>) lines += lineEndsIn(chunk);
    return statusCode === 200 ? lines : -1;
  } catch {
    return -1;
  }
}

/** Files have megabytes, and they are counted beside the load: a jump per line instead of a look at every byte. */
function lineEndsIn(chunk: Buffer): number {
  let ends = 0;
  for (let at = chunk.indexOf('\n'); at !== -1; at = chunk.indexOf('\n', at + 1)) ends++;
  return ends;
}
