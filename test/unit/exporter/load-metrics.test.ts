import { build, encodeIntoCompressedBase64 } from 'hdr-histogram-js';
import { expect, test } from 'vitest';
import type { LoadSample } from '../../../harness/domain/load.ts';
import { parseMetrics, renderMetrics } from '../../../harness/domain/prometheus-text.ts';
import { createLoadMetrics } from '../../../harness/exporter/load-metrics.ts';

function histogramOf(milliseconds: readonly number[]): string {
  const histogram = build({ highestTrackableValue: 60_000_000 });
  for (const ms of milliseconds) histogram.recordValue(ms * 1_000);
  return encodeIntoCompressedBase64(histogram);
}

function second(milliseconds: readonly number[], errors: Readonly<Record<string, number>> = {}): LoadSample {
  return {
    from: 0,
    to: 1_000,
    intended: 10,
    dropped: 1,
    exhausted: 0,
    inFlight: 4,
    sendLatenessP99Ms: 2,
    sendLateness: histogramOf([]),
    requests: [{ request: 'list', ok: milliseconds.length, errors, histogram: histogramOf(milliseconds) }],
    distinctRows: {},
  };
}

function read(...samples: readonly LoadSample[]) {
  const metrics = createLoadMetrics();
  for (const sample of samples) metrics.add(sample);
  const all = parseMetrics(renderMetrics(metrics.families()));
  return (name: string, labels: Readonly<Record<string, string>> = {}) =>
    all.find(
      (found) => found.name === name && Object.entries(labels).every(([label, value]) => found.labels[label] === value),
    )?.value;
}

test('nothing is told before the first second', () => {
  expect(createLoadMetrics().families()).toEqual([]);
});

test('seconds are added up, results by kind, and what is now is not', () => {
  const value = read(second([5, 6], { timeout: 1 }), second([7], { timeout: 2, 500: 3 }));
  expect(value('gameday_requests_total', { request: 'list', result: 'ok' })).toBe(3);
  expect(value('gameday_requests_total', { result: 'timeout' })).toBe(3);
  expect(value('gameday_requests_total', { result: '500' })).toBe(3);
  expect(value('gameday_arrivals_total')).toBe(20);
  expect(value('gameday_arrivals_dropped_total')).toBe(2);
  expect(value('gameday_requests_in_flight')).toBe(4);
  expect(value('gameday_send_lateness_p99_seconds')).toBe(0.002);
});

test('latencies are in cumulative buckets of seconds, those beyond the last bound in +Inf only', () => {
  const value = read(second([0.5, 20, 300]), second([20, 4_000, 30_000]));
  const bucket = (le: string) => value('gameday_request_duration_seconds_bucket', { request: 'list', le });
  expect(['0.001', '0.01', '0.025', '0.25', '0.5', '5', '10', '+Inf'].map(bucket)).toEqual([1, 1, 3, 3, 4, 5, 5, 6]);
  expect(value('gameday_request_duration_seconds_count')).toBe(6);
  const sum = 34.3405;
  expect(Math.abs(value('gameday_request_duration_seconds_sum')! - sum) / sum).toBeLessThan(0.002);
});
