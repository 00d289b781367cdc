import { decodeFromCompressedBase64, type JsHistogram } from 'hdr-histogram-js';
import type { MetricFamily } from '../domain/prometheus-text.ts';

/** Upper bounds in seconds: the app's own, so that what it measured and what its callers saw can be laid over each other. */
const bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** A Prometheus histogram of seconds that HDR histograms of microseconds are added to. */
export interface LatencyBuckets {
  /** @param histogram base64, as load samples carry it */
  add(histogram: string): void;
  samples(name: string, labels: Readonly<Record<string, string>>): MetricFamily['samples'];
}

/** An empty one. */
export function createLatencyBuckets(): LatencyBuckets {
  const counts = bounds.map(() => 0);
  let count = 0;
  let sum = 0;
  return {
    add(text) {
      // Decoded without WebAssembly it is always one of these, whose counts can be walked.
      const histogram = decodeFromCompressedBase64(text) as JsHistogram;
      if (histogram.totalCount === 0) return;
      const last = histogram.countsArrayIndex(histogram.maxValue);
      for (let index = 0; index <= last; index++) {
        const seen = histogram.getCountAtIndex(index);
        if (seen === 0) continue;
        const seconds = histogram.valueFromIndex(index) / 1_000_000;
        const bucket = bounds.findIndex((bound) => seconds <= bound);
        if (bucket >= 0) counts[bucket]! += seen;
        count += seen;
        sum += seen * seconds;
      }
    },
    samples(name, labels) {
      let below = 0;
      const buckets = bounds.map((bound, i) => {
        below += counts[i]!;
        return { name: `${name}_bucket`, labels: { ...labels, le: String(bound) }, value: below };
      });
      return [
        ...buckets,
        { name: `${name}_bucket`, labels: { ...labels, le: '+Inf' }, value: count },
        { name: `${name}_sum`, labels, value: sum },
        { name: `${name}_count`, labels, value: count },
      ];
    },
  };
}
