import { build, decodeFromCompressedBase64, type Histogram } from 'hdr-histogram-js';
import type { LoadReading, RequestFigures } from '../domain/evidence.ts';
import type { LoadSample } from '../domain/load.ts';

/** Adds load samples up. Histograms are added bucket by bucket, so percentiles are those of all requests, not averages of averages. */
export interface LoadAccumulator {
  add(sample: LoadSample): void;
  /** Everything added so far. */
  reading(): LoadReading;
}

/** An hour: no timeout is longer. */
const HIGHEST_US = 3_600_000_000;

const emptyHistogram = () =>
  build({ bitBucketSize: 32, autoResize: true, highestTrackableValue: HIGHEST_US, numberOfSignificantValueDigits: 3 });

interface Sum {
  ok: number;
  readonly errors: Record<string, number>;
  readonly histogram: Histogram;
}

const emptySum = (): Sum => ({ ok: 0, errors: {}, histogram: emptyHistogram() });

function addErrors(to: Record<string, number>, errors: Readonly<Record<string, number>>): void {
  for (const [kind, count] of Object.entries(errors)) to[kind] = (to[kind] ?? 0) + count;
}

function figures({ ok, errors, histogram }: Sum): RequestFigures {
  // A percentile is the upper end of its bucket, which can lie above the largest value seen.
  const ms = (percentile: number) => Math.min(histogram.getValueAtPercentile(percentile), histogram.maxValue) / 1000;
  return {
    ok,
    errors: { ...errors },
    p50: ms(50),
    p95: ms(95),
    p99: ms(99),
    p999: ms(99.9),
    max: histogram.maxValue / 1000,
  };
}

/** An accumulator with nothing in it. */
export function createLoadAccumulator(): LoadAccumulator {
  const requests = new Map<string, Sum>();
  const lateness = emptyHistogram();
  let milliseconds = 0;
  let intended = 0;
  let dropped = 0;
  let exhausted = 0;
  let distinctRows: Readonly<Record<string, number>> = {};

  return {
    add: (sample) => {
      milliseconds += sample.to - sample.from;
      intended += sample.intended;
      dropped += sample.dropped;
      exhausted += sample.exhausted;
      distinctRows = sample.distinctRows;
      lateness.add(decodeFromCompressedBase64(sample.sendLateness));
      for (const { request, ok, errors, histogram } of sample.requests) {
        const sum = requests.get(request) ?? emptySum();
        requests.set(request, sum);
        sum.ok += ok;
        addErrors(sum.errors, errors);
        sum.histogram.add(decodeFromCompressedBase64(histogram));
      }
    },
    reading: () => {
      const all = emptySum();
      for (const sum of requests.values()) {
        all.ok += sum.ok;
        addErrors(all.errors, sum.errors);
        all.histogram.add(sum.histogram);
      }
      return {
        seconds: milliseconds / 1000,
        intended,
        dropped,
        exhausted,
        sendLatenessP99Ms: lateness.getValueAtPercentile(99) / 1000,
        requests: Object.fromEntries([...requests].map(([name, sum]) => [name, figures(sum)])),
        all: figures(all),
        distinctRows,
      };
    },
  };
}

/** Lateness of the engine below this does not matter, whatever the latencies: bounds are several times larger. */
const LATENESS_ALLOWED_MS = 25;
/**
 * Nor does lateness that is the smaller part of the measured latency. An app that saturates every core delays the engine too (by 100 to 400 ms at
 * p99 on two cores, with latencies of seconds), and must not become inconclusive by that: latency counts from the intended start, and a
 * bound that is missed only by as much as the engine was late is inconclusive by itself.
 */
const LATENESS_ALLOWED_SHARE = 0.25;

/**
 * Why the figures say more about the load engine than about the app, in words for people; undefined when the engine kept up. Judged by when
 * requests were sent, which a slow app does not delay: slow answers and drops are the app's.
 */
export function saturation(reading: LoadReading): string | undefined {
  const { sendLatenessP99Ms: late, all } = reading;
  const allowed = Math.max(LATENESS_ALLOWED_MS, all.p99 * LATENESS_ALLOWED_SHARE);
  if (late <= allowed) return undefined;
  return `the load engine could not keep up: 1 % of the requests were sent ${late.toFixed(1)} ms late or more (allowed here: ${allowed.toFixed(1)} ms)`;
}

/** The reading of these samples; of a single one it is the live figures of that second. */
export function loadReading(samples: Iterable<LoadSample>): LoadReading {
  const accumulator = createLoadAccumulator();
  for (const sample of samples) accumulator.add(sample);
  return accumulator.reading();
}
