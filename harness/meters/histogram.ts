import type { MetricSample } from '../domain/prometheus-text.ts';

/** Cumulative counts of a Prometheus histogram by upper bound. */
export type Buckets = ReadonlyMap<number, number>;

/** The buckets of the histogram `name` in a scrape, added up over its labels. */
export function bucketsOf(samples: readonly MetricSample[], name: string): Buckets {
  const buckets = new Map<number, number>();
  for (const { labels, value } of samples.filter((sample) => sample.name === `${name}_bucket`)) {
    const bound = labels.le === '+Inf' ? Number.POSITIVE_INFINITY : Number(labels.le);
    buckets.set(bound, (buckets.get(bound) ?? 0) + value);
  }
  return buckets;
}

/** `total` with (`after` - `before`) added to it, bucket by bucket. */
export function addDifference(total: Buckets, before: Buckets | undefined, after: Buckets): Buckets {
  const sum = new Map(total);
  for (const [bound, count] of after) sum.set(bound, (sum.get(bound) ?? 0) + count - (before?.get(bound) ?? 0));
  return sum;
}

/**
 * The quantile `q` (0 to 1) by linear interpolation inside the bucket it falls into, as Prometheus' `histogram_quantile` does
 * (https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile); beyond the last finite bound, that bound. 0 when empty.
 */
export function quantile(buckets: Buckets, q: number): number {
  const sorted = [...buckets].sort(([a], [b]) => a - b);
  const total = sorted.at(-1)?.[1] ?? 0;
  if (total === 0) return 0;
  const rank = q * total;
  let below = { bound: 0, count: 0 };
  for (const [bound, count] of sorted) {
    if (count >= rank && count > below.count) {
      if (bound === Number.POSITIVE_INFINITY) return below.bound;
      return below.bound + ((bound - below.bound) * (rank - below.count)) / (count - below.count);
    }
    below = { bound, count };
  }
  return below.bound;
}
