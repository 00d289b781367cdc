import { usageError } from '../../domain/errors.ts';
import { seededRandom, seededUuid } from '../../domain/random.ts';
import { compileRequest, type FilledRequest } from '../../domain/request-template.ts';
import { columnsOf } from '../../domain/template.ts';
import type { LoadPlan, PoolRow } from '../../domain/workload.ts';
import { createPoolDraws, cumulate, positionAbove } from './draws.ts';

/** A request ready to be sent. */
export interface PreparedRequest extends FilledRequest {
  /** Its place in the plan's list of requests. */
  readonly index: number;
}

/** The requests of a plan, one after the other. */
export interface RequestSequence {
  /** The next request of the mix, or undefined when it needs a row of a `once` pool that has none left. */
  next(): PreparedRequest | undefined;
  /** The next request of this name, whatever the mix. Throws GamedayError REQUEST_UNKNOWN. */
  nextOf(name: string): PreparedRequest | undefined;
  /** Distinct rows drawn per pool since the last `mark`. */
  distinctRows(): Record<string, number>;
  mark(): void;
}

/**
 * Compiles a plan's requests and draws them by weight. A pool used several times within one request gives it one row.
 * The k-th request is a function of plan, `firstNumber` and k alone.
 *
 * @param plan requests, pools and seed
 * @param firstNumber where `{n}` starts; UUIDs follow from it and the seed. Sequences that meet the same database need ranges apart.
 * @throws GamedayError PLACEHOLDER_UNKNOWN, POOL_EMPTY, WORKLOAD_EMPTY
 */
export function createRequestSequence(plan: LoadPlan, firstNumber = 1): RequestSequence {
  const pools = Object.entries(plan.pools);
  const empty = pools.find(([, { rows }]) => rows.length === 0);
  if (empty)
    throw usageError('POOL_EMPTY', `The pool ${empty[0]} has no rows.`, 'Check its SQL against the seeded data.');
  const cumulative = cumulate(plan.requests.map(({ weight }) => weight));
  const total = cumulative.at(-1) ?? 0;
  if (!(total > 0)) throw usageError('WORKLOAD_EMPTY', 'The workload has no request with a weight above 0.');

  const columns = columnsOf(plan.pools);
  const draws = new Map(
    pools.map(([name, { draw, rows }]) => [name, createPoolDraws(draw, rows, seededRandom(plan.seed, `pool ${name}`))]),
  );
  const mix = seededRandom(plan.seed, 'mix');
  const uuid = (n: number) => seededUuid(plan.seed, n);
  let number = firstNumber;

  const onceFirst = (name: string) => (plan.pools[name]!.draw === 'once' ? 0 : 1);
  const fillers = plan.requests.map((spec, index) => {
    const template = compileRequest(spec, columns);
    // A request that can't be made for want of a `once` row should not use up rows of the other pools.
    const needed = template.pools
      .toSorted((a, b) => onceFirst(a) - onceFirst(b))
      .map((name) => [name, draws.get(name)!] as const);
    return (): PreparedRequest | undefined => {
      const rows: Record<string, PoolRow> = {};
      for (const [name, pool] of needed) {
        const row = pool.draw();
        if (row === undefined) return undefined;
        rows[name] = row;
      }
      const { method, path, headers, body } = template.fill({ n: number++, rows, uuid });
      return { index, method, path, headers, body };
    };
  });
  const byName = new Map(plan.requests.map(({ name }, index) => [name, fillers[index]!]));

  return {
    next: () => fillers[positionAbove(cumulative, mix() * total)]!(),
    nextOf: (name) => {
      const filler = byName.get(name);
      if (!filler) throw usageError('REQUEST_UNKNOWN', `The workload has no request named ${name}.`);
      return filler();
    },
    distinctRows: () => Object.fromEntries([...draws].map(([name, pool]) => [name, pool.distinct()])),
    mark: () => {
      for (const pool of draws.values()) pool.mark();
    },
  };
}
