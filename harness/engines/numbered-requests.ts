import { usageError } from '../domain/errors.ts';
import { seededNumbers, seededUuid } from '../domain/random.ts';
import { compileRequest, type FilledRequest } from '../domain/request-template.ts';
import { columnsOf } from '../domain/template.ts';
import type { LoadPlan, PoolRow, RequestSpec } from '../domain/workload.ts';
import { cumulate, positionAbove, type RowPosition } from './draws.ts';

/** What decides which requests a plan consists of. */
export type RequestPlan = Pick<LoadPlan, 'requests' | 'pools' | 'seed'>;

/** A request ready to be sent. */
export interface PreparedRequest extends FilledRequest {
  /** Its place in the plan's list of requests. */
  readonly index: number;
}

/**
 * The requests of a plan by number. What a number stands for is a function of plan and number alone, so that processes that share nothing
 * (the virtual users of k6, the machines of a cluster) send together what one process would send.
 */
export interface NumberedRequests {
  /** Pools that some request needs. Throws `PLACEHOLDER_UNKNOWN` for a request that can't be compiled, as `fill` would. */
  pools(): readonly string[];
  /** The place in the plan's list of the request with this number, drawn by weight. */
  indexOf(number: number): number;
  /** The request at this place, filled for this number; undefined when it needs a row of a `once` pool that has none left. */
  fill(index: number, number: number): PreparedRequest | undefined;
}

/**
 * Compiles a plan's requests, each when it is first needed: there are hundreds of virtual users, and each sends few requests. A pool used several
 * times within one request gives it one row. Runs in k6, too.
 *
 * @param positionIn which row of a pool a number draws
 * @throws GamedayError POOL_EMPTY, WORKLOAD_EMPTY
 */
export function createNumberedRequests(
  { requests, pools, seed }: RequestPlan,
  positionIn: (pool: string) => RowPosition,
): NumberedRequests {
  const empty = Object.entries(pools).find(([, { rows }]) => rows.length === 0);
  if (empty)
    throw usageError('POOL_EMPTY', `The pool ${empty[0]} has no rows.`, 'Check its SQL against the seeded data.');
  const cumulative = cumulate(requests.map(({ weight }) => weight));
  const total = cumulative[cumulative.length - 1] ?? 0;
  if (!(total > 0)) throw usageError('WORKLOAD_EMPTY', 'The workload has no request with a weight above 0.');

  const columns = columnsOf(pools);
  const positions = Object.fromEntries(Object.keys(pools).map((pool) => [pool, positionIn(pool)]));
  const mix = seededNumbers(seed, 'mix');
  const uuid = (number: number) => seededUuid(seed, number);
  const onceFirst = (name: string) => (pools[name]!.draw === 'once' ? 0 : 1);
  const compile = (spec: RequestSpec) => {
    const template = compileRequest(spec, columns);
    // A request that can't be made for want of a `once` row should not count as having drawn rows of the other pools.
    return { template, needed: [...template.pools].sort((a, b) => onceFirst(a) - onceFirst(b)) };
  };
  const compiled: ReturnType<typeof compile>[] = [];
  const compiledAt = (index: number) => {
    compiled[index] ??= compile(requests[index]!);
    return compiled[index];
  };

  return {
    pools: () => [...new Set(requests.flatMap((_, index) => compiledAt(index).needed))],
    indexOf: (number) => positionAbove(cumulative, mix(number) * total),
    fill: (index, number) => {
      const { template, needed } = compiledAt(index);
      const rows: Record<string, PoolRow> = {};
      for (const pool of needed) {
        const row = pools[pool]!.rows[positions[pool]!(number)];
        if (row === undefined) return undefined;
        rows[pool] = row;
      }
      const { method, path, headers, body } = template.fill({ n: number, rows, uuid });
      return { index, method, path, headers, body };
    },
  };
}
