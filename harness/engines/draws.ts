import type { Draw } from '../domain/workload.ts';

/** The position of the row that the request with this number draws from a pool; past the end when there is none left. */
export type RowPosition = (number: number) => number;

/** One pool being drawn from. */
export interface PoolDraws {
  readonly position: RowPosition;
  /** Distinct rows drawn since the last `mark`. */
  distinct(): number;
  mark(): void;
}

/** Position of the first entry of an ascending table that is above `value`. */
export function positionAbove(cumulative: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (cumulative[middle]! > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Running sums of the weights. */
export function cumulate(weights: readonly number[]): Float64Array {
  let sum = 0;
  return Float64Array.from(weights, (weight) => {
    sum += weight;
    return sum;
  });
}

/** Running sums of the weights 1, 1/2, 1/3, … of that many rows. */
export function zipfWeights(rows: number): Float64Array {
  return cumulate(Array.from({ length: rows }, (_, rank) => 1 / (rank + 1)));
}

/**
 * Draws rows as `Draw` in domain/workload.ts says; zipf by binary search in the running sums of its weights.
 *
 * @param numbers decides what `uniform` and `zipf` draw
 * @param inTurn decides what `once` draws
 * @param weights `zipfWeights(rows)`; only asked for `zipf`
 */
export function rowPosition(
  draw: Draw,
  rows: number,
  numbers: (number: number) => number,
  inTurn: RowPosition,
  weights: () => ArrayLike<number> = () => zipfWeights(rows),
): RowPosition {
  if (draw === 'uniform') return (number) => Math.floor(numbers(number) * rows);
  if (draw === 'once') return inTurn;
  const cumulative = weights();
  const total = cumulative[rows - 1]!;
  return (number) => positionAbove(cumulative, numbers(number) * total);
}

/** Deals the positions in order, whatever the numbers. */
export function inTurn(): RowPosition {
  let next = 0;
  return () => next++;
}

/** Counts what is drawn from a pool of this many rows. */
export function createPoolDraws(position: RowPosition, rows: number): PoolDraws {
  const seen = new Uint8Array(rows);
  let distinct = 0;
  return {
    position: (number) => {
      const drawn = position(number);
      if (drawn < rows) {
        distinct += 1 - seen[drawn]!;
        seen[drawn] = 1;
      }
      return drawn;
    },
    distinct: () => distinct,
    mark: () => {
      seen.fill(0);
      distinct = 0;
    },
  };
}
