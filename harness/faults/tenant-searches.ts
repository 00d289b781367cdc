import type { Fault } from '../domain/fault.ts';
import { compileRequest, type FilledRequest } from '../domain/request-template.ts';
import type { Sandbox } from '../domain/sandbox.ts';
import type { PoolRow } from '../domain/workload.ts';
import { sleep } from '../platform/clock.ts';
import { ask, watchAnswers } from './app-requests.ts';
import { injection } from './injection.ts';
import { parametersOf } from './parameters.ts';
import { readRows } from './read-rows.ts';
import { stopSignal } from './stop-signal.ts';

/** Longest wait for one answer of the app, milliseconds. */
const ANSWER_MS = 5_000;

/** One search, with whatever else its request needs. */
interface Searched {
  /** Ids of what it has to find; null when nothing is asked of the answer but that it shows nothing foreign. */
  readonly expected: readonly (string | number)[] | null;
  readonly [column: string]: unknown;
}

/**
 * People of one tenant search, for ordinary and for curious things, one search after the other.
 *
 * Findings, one per search that was answered: `foreignValues`, how many different values of its answer belong to somebody else; and
 * `misses`, for searches with an expectation: 0 when it found just that, else 1. What the end of the phase cut short is left out.
 * @param options.sql read-only query whose columns fill the placeholders `{row.column}` of `path` and `{row.token}`, the session to search with; its column
 * `expected`, an array of ids or null, says what a search has to find
 * @param options.path where to search
 * @param options.foreign read-only query with one column of texts that no answer may contain as a value
 * @param options.everyMs pause between two searches, milliseconds, 0 to 60000
 * @throws usageError `FAULT_INVALID`; environmentError `TOO_FEW_RECORDS` on injection when one of the queries has no row
 */
export function tenantSearches(options: {
  readonly sql: string;
  readonly path: string;
  readonly foreign: string;
  readonly everyMs: number;
}): Fault {
  const { sql, path, foreign, everyMs } = options;
  const parameters = parametersOf('tenant-searches');
  parameters.matching('sql', sql, /\bexpected\b/i, 'Give a SELECT with a column expected.');
  parameters.matching('path', path, /\{row\./, 'Write {row.column} where the search stands.');
  parameters.matching('foreign', foreign, /\bselect\b/i, 'Give a SELECT with one column.');
  parameters.number('everyMs', everyMs, 0, 60_000);
  return {
    name: 'tenant-searches',
    summary: `People of one tenant search for ordinary and for curious things, one search every ${everyMs} ms.`,
    async inject(sandbox, signal) {
      const { searches, others } = await readSearches(sandbox, sql, foreign);
      const template = compileRequest(
        { name: 'search', method: 'GET', path, headers: { authorization: 'Bearer {row.token}' } },
        { row: Object.keys(searches[0]!) },
      );
      const { stop, end } = stopSignal(signal);
      const answered = await watchAnswers(sandbox);
      const foreignValues: number[] = [];
      const misses: number[] = [];

      const searchAll = async () => {
        for (const row of searches) {
          const filled = template.fill({ n: 1, rows: { row: row as unknown as PoolRow }, uuid: () => '' });
          const answer = await send(sandbox, filled);
          foreignValues.push(new Set(answer.values.filter((value) => others.has(value))).size);
          if (row.expected !== null) misses.push(sameIds(answer.ids, row.expected) ? 0 : 1);
          await sleep(everyMs, stop);
        }
      };
      // A replica that is being replaced leaves a search without an answer; the checks count those that have one.
      const searching = searchAll().catch(() => {});

      return injection({
        receipt: `${searches.length} searches, ${path}`,
        witness: async () => (foreignValues.length > 0 ? answered(foreignValues.length) : undefined),
        findings: () => ({ foreignValues: [...foreignValues], misses: [...misses] }),
        async undo() {
          end();
          await searching;
        },
      });
    },
  };
}

async function readSearches(sandbox: Sandbox, sql: string, foreign: string) {
  const searches = await readRows<Searched>(sandbox, 'tenant-searches', sql, 1);
  const others = await readRows<Record<string, unknown>>(sandbox, 'tenant-searches', foreign, 1);
  return { searches, others: new Set(others.flatMap((row) => Object.values(row).map(String))) };
}

/** What an answer contains: the ids of its `data`, and every text or number in it. */
async function send(sandbox: Sandbox, { path, ...request }: FilledRequest) {
  const { text } = await ask(new URL(path, sandbox.app.entry), { ...request, timeoutMs: ANSWER_MS });
  const body: unknown = jsonOf(text);
  const data = (body as { data?: unknown } | undefined)?.data;
  const ids = Array.isArray(data) ? data.map((item: { id?: unknown }) => String(item.id)) : [];
  return { ids, values: leaves(body) };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function leaves(value: unknown): readonly string[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(leaves);
  return [String(value)];
}

function sameIds(found: readonly string[], expected: readonly (string | number)[]): boolean {
  const wanted = new Set(expected.map(String));
  return found.length === wanted.size && found.every((id) => wanted.has(id));
}
