import { expect, test } from 'vitest';
import { parseMetrics } from '../../../harness/domain/prometheus-text.ts';
import { addDifference, bucketsOf, quantile } from '../../../harness/meters/histogram.ts';

const scrape = parseMetrics(`
wait_seconds_bucket{le="0.1",pool="a"} 1
wait_seconds_bucket{le="+Inf",pool="a"} 2
wait_seconds_bucket{le="0.1",pool="b"} 10
wait_seconds_bucket{le="+Inf",pool="b"} 20
wait_seconds_sum 5
other_wait_seconds_bucket{le="0.1"} 99
`);

test('adds a histogram up over its labels', () => {
  expect([...bucketsOf(scrape, 'wait_seconds')]).toEqual([
    [0.1, 11],
    [Number.POSITIVE_INFINITY, 22],
  ]);
});

test('a difference without a before is all of the after', () => {
  const after = new Map([[1, 5]]);
  expect([...addDifference(new Map([[1, 2]]), undefined, after)]).toEqual([[1, 7]]);
  expect([...addDifference(new Map(), new Map([[1, 3]]), after)]).toEqual([[1, 2]]);
});

test('quantiles are interpolated inside their bucket', () => {
  const buckets = new Map([
    [1, 50],
    [2, 100],
    [4, 100],
    [Number.POSITIVE_INFINITY, 100],
  ]);
  expect(quantile(buckets, 0.25)).toBe(0.5);
  expect(quantile(buckets, 0.5)).toBe(1);
  expect(quantile(buckets, 0.95)).toBeCloseTo(1.9);
  expect(quantile(buckets, 1)).toBe(2);
});

test('beyond the last bound there is only that bound, and of nothing there is nothing', () => {
  const beyond = new Map([
    [1, 10],
    [Number.POSITIVE_INFINITY, 100],
  ]);
  expect(quantile(beyond, 0.95)).toBe(1);
  expect(quantile(new Map(), 0.95)).toBe(0);
  expect(quantile(new Map([[Number.POSITIVE_INFINITY, 0]]), 0.95)).toBe(0);
});
