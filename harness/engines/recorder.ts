import { build, encodeIntoCompressedBase64, type Histogram } from 'hdr-histogram-js';
import type { LoadSample, RequestSample } from '../domain/load.ts';
import { isSuccess, type RequestSpec } from '../domain/workload.ts';

/** How a request ended: with an answer whose body was read to its end, or with the kind of error that kept it from coming. */
export type Ending = { readonly status: number } | { readonly error: string };

interface Tally {
  ok: number;
  errors: Record<string, number>;
  readonly histogram: Histogram;
}

/** Counts what happens in one interval after the other. */
export interface Recorder {
  intended(): void;
  dropped(): void;
  exhausted(): void;
  /** @param latenessMs actual minus intended start */
  sent(latenessMs: number): void;
  /** @param latencyMs end of the answer minus intended start; errors without an answer have none in the histogram */
  ended(index: number, latencyMs: number, ending: Ending): void;
  /** Ends the interval: later events count in the next. Resolves when the sample is encoded. */
  cut(to: number, inFlight: number, distinctRows: Readonly<Record<string, number>>): Promise<LoadSample>;
}

const breath = () => new Promise<void>((resolve) => setImmediate(resolve));

/**
 * @param longestMs longest latency that can be told apart; anything longer counts as this
 * @param from start of the first interval, epoch milliseconds
 */
export function createRecorder(requests: readonly RequestSpec[], longestMs: number, from: number): Recorder {
  const highest = Math.max(1000, Math.ceil(longestMs * 1000));
  const newHistogram = () =>
    build({ bitBucketSize: 32, autoResize: false, highestTrackableValue: highest, numberOfSignificantValueDigits: 3 });
  const newInterval = () => ({
    intended: 0,
    dropped: 0,
    exhausted: 0,
    lateness: newHistogram(),
    tallies: requests.map((): Tally => ({ ok: 0, errors: {}, histogram: newHistogram() })),
  });
  const record = (histogram: Histogram, ms: number) =>
    histogram.recordValue(Math.min(highest, Math.max(0, Math.round(ms * 1000))));

  let interval = newInterval();
  let intervalFrom = from;
  return {
    intended: () => {
      interval.intended++;
    },
    dropped: () => {
      interval.dropped++;
    },
    exhausted: () => {
      interval.exhausted++;
    },
    sent: (latenessMs) => record(interval.lateness, latenessMs),
    ended: (index, latencyMs, ending) => {
      const tally = interval.tallies[index]!;
      if ('status' in ending) record(tally.histogram, latencyMs);
      if ('status' in ending && isSuccess(requests[index]!, ending.status)) tally.ok++;
      else {
        const kind = 'status' in ending ? String(ending.status) : ending.error;
        tally.errors[kind] = (tally.errors[kind] ?? 0) + 1;
      }
    },
    cut: async (to, inFlight, distinctRows) => {
      const { intended, dropped, exhausted, lateness, tallies } = interval;
      const sampleFrom = intervalFrom;
      interval = newInterval();
      intervalFrom = to;
      const samples: RequestSample[] = [];
      for (const [index, { ok, errors, histogram }] of tallies.entries()) {
        // Encoding takes a third of a millisecond; the load goes on in between.
        await breath();
        samples.push({ request: requests[index]!.name, ok, errors, histogram: encodeIntoCompressedBase64(histogram) });
      }
      await breath();
      return {
        from: sampleFrom,
        to,
        intended,
        dropped,
        exhausted,
        inFlight,
        sendLatenessP99Ms: lateness.getValueAtPercentile(99) / 1000,
        sendLateness: encodeIntoCompressedBase64(lateness),
        requests: samples,
        distinctRows,
      };
    },
  };
}
