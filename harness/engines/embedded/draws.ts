import type { Random } from '../../domain/random.ts';
import type { Draw, PoolRow } from '../../domain/workload.ts';

/** One pool being drawn from. */
export interface PoolDraws {
  /** The next row, or undefined when a `once` pool has none left. */
  draw(): PoolRow | undefined;
  /** Distinct rows drawn since the last `mark`. */
  distinct(): number;
  mark(): void;
}

/** Position of the first entry of an ascending table that is above `value`. */
export function positionAbove(cumulative: Float64Array, value: number): number {
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

function positions(draw: Draw, rows: number, random: Random): () => number {
  if (draw === 'uniform') return () => Math.floor(random() * rows);
  if (draw === 'once') {
    let next = 0;
    return () => next++;
  }
  const cumulative = cumulate(Array.from({ length: rows }, (_, rank) => 1 / (rank + 1)));
  const total = cumulative[rows - 1]!;
  return () => positionAbove(cumulative, random() * total);
}

/** Draws rows as `Draw` in domain/workload.ts says; zipf by binary search in the cumulative weights 1, 1/2, 1/3, … */
export function createPoolDraws(draw: Draw, rows: readonly PoolRow[], random: Random): PoolDraws {
  const nextPosition = positions(draw, rows.length, random);
  const seen = new Uint8Array(rows.length);
  let distinct = 0;
  return {
    draw: () => {
      const position = nextPosition();
      if (position >= rows.length) return undefined;
      distinct += 1 - seen[position]!;
      seen[position] = 1;
      return rows[position];
    },
    distinct: () => distinct,
    mark: () => {
      seen.fill(0);
      distinct = 0;
    },
  };
}
