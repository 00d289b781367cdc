import type { LoadSample } from '../domain/load.ts';
import type { MetricFamily } from '../domain/prometheus-text.ts';
import { family } from './family.ts';
import { createLatencyBuckets, type LatencyBuckets } from './latency-buckets.ts';

/** What the load engine saw since the load began, as a caller outside the app. */
export interface LoadMetrics {
  add(sample: LoadSample): void;
  families(): readonly MetricFamily[];
}

/** Nothing seen yet. */
export function createLoadMetrics(): LoadMetrics {
  const latencies = new Map<string, LatencyBuckets>();
  const results = new Map<string, Map<string, number>>();
  let intended = 0;
  let dropped = 0;
  let newest: LoadSample | undefined;

  function count(request: string, result: string, by: number): void {
    const byResult = results.get(request) ?? new Map<string, number>();
    results.set(request, byResult.set(result, (byResult.get(result) ?? 0) + by));
  }

  return {
    add(sample) {
      newest = sample;
      intended += sample.intended;
      dropped += sample.dropped;
      for (const { request, ok, errors, histogram } of sample.requests) {
        count(request, 'ok', ok);
        for (const [kind, times] of Object.entries(errors)) count(request, kind, times);
        const buckets = latencies.get(request) ?? createLatencyBuckets();
        latencies.set(request, buckets);
        buckets.add(histogram);
      }
    },
    families() {
      if (newest === undefined) return [];
      const duration = 'gameday_request_duration_seconds';
      return [
        family(
          'counter',
          'gameday_requests_total',
          'Requests that ended, by result: ok, the unexpected status, or the kind of transport error',
          [...results].flatMap(([request, byResult]) =>
            [...byResult].map(([result, times]) => [{ request, result }, times] as const),
          ),
        ),
        {
          name: duration,
          type: 'histogram',
          help: 'Time from when a request was due to its answer; requests without an answer are not in it',
          samples: [...latencies].flatMap(([request, buckets]) => buckets.samples(duration, { request })),
        },
        family('counter', 'gameday_arrivals_total', 'Requests that were due', [[{}, intended]]),
        family('counter', 'gameday_arrivals_dropped_total', 'Requests not sent because too many were waiting', [
          [{}, dropped],
        ]),
        family('gauge', 'gameday_requests_in_flight', 'Requests without an answer yet', [[{}, newest.inFlight]]),
        family(
          'gauge',
          'gameday_send_lateness_p99_seconds',
          'How late the load engine itself was in the last second, 99th percentile',
          [[{}, newest.sendLatenessP99Ms / 1_000]],
        ),
      ];
    },
  };
}
