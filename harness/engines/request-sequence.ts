import { usageError } from '../domain/errors.ts';
import { seededNumbers } from '../domain/random.ts';
import { createPoolDraws, inTurn, type RowPosition, rowPosition } from './draws.ts';
import { createNumberedRequests, type PreparedRequest, type RequestPlan } from './numbered-requests.ts';

/** The requests of a plan, one after the other. */
export interface RequestSequence {
  /** The next request of the mix, or undefined when it needs a row of a `once` pool that has none left. */
  next(): PreparedRequest | undefined;
  /** The next request of this name, whatever the mix. Throws GamedayError REQUEST_UNKNOWN. */
  nextOf(name: string): PreparedRequest | undefined;
  /** The request with this number, as `next`. */
  at(number: number): PreparedRequest | undefined;
  /** Distinct rows drawn per pool since the last `mark`. */
  distinctRows(): Record<string, number>;
  mark(): void;
}

/**
 * A plan's requests drawn by weight, and a count of the rows they draw.
 *
 * @param plan requests, pools and seed
 * @param options.firstNumber where `{n}` starts; UUIDs follow from it and the seed. Sequences that meet the same database need ranges apart.
 * @param options.deal which row of a `once` pool a number gets; default: the rows in order, as they are asked for
 * @throws GamedayError PLACEHOLDER_UNKNOWN, POOL_EMPTY, WORKLOAD_EMPTY
 */
export function createRequestSequence(
  plan: RequestPlan,
  { firstNumber = 1, deal = inTurn }: { firstNumber?: number; deal?: (pool: string) => RowPosition } = {},
): RequestSequence {
  const draws = new Map(
    Object.entries(plan.pools).map(([name, { draw, rows }]) => {
      const numbers = seededNumbers(plan.seed, `pool ${name}`);
      return [name, createPoolDraws(rowPosition(draw, rows.length, numbers, deal(name)), rows.length)];
    }),
  );
  const requests = createNumberedRequests(plan, (pool) => draws.get(pool)!.position);
  // Compiles all of them, so that an invalid plan is refused now.
  requests.pools();
  const at = (number: number) => requests.fill(requests.indexOf(number), number);
  let number = firstNumber;
  return {
    next: () => at(number++),
    nextOf: (name) => {
      const index = plan.requests.findIndex((request) => request.name === name);
      if (index < 0) throw usageError('REQUEST_UNKNOWN', `The workload has no request named ${name}.`);
      return requests.fill(index, number++);
    },
    at,
    distinctRows: () => Object.fromEntries([...draws].map(([name, pool]) => [name, pool.distinct()])),
    mark: () => {
      for (const pool of draws.values()) pool.mark();
    },
  };
}
