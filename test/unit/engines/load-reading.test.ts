import { build, encodeIntoCompressedBase64 } from 'hdr-histogram-js';
import { describe, expect, it } from 'vitest';
import type { LoadSample } from '../../../harness/domain/load.ts';
import { createLoadAccumulator, loadReading, saturation } from '../../../harness/engines/load-reading.ts';

function histogramOf(milliseconds: readonly number[]): string {
  const histogram = build({ highestTrackableValue: 60_000_000 });
  for (const ms of milliseconds) histogram.recordValue(ms * 1000);
  return encodeIntoCompressedBase64(histogram);
}

function sample(
  change: Partial<LoadSample> & { readonly latencies?: readonly number[]; readonly lateness?: readonly number[] },
): LoadSample {
  const latencies = change.latencies ?? [];
  return {
    from: 0,
    to: 1000,
    intended: latencies.length,
    dropped: 0,
    exhausted: 0,
    inFlight: 0,
    sendLatenessP99Ms: 0,
    sendLateness: histogramOf(change.lateness ?? []),
    requests: [{ request: 'list', ok: latencies.length, errors: {}, histogram: histogramOf(latencies) }],
    distinctRows: {},
    ...change,
  };
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe('createLoadAccumulator', () => {
  it('takes percentiles over all requests, not averages of the samples percentiles', () => {
    const reading = loadReading([
      sample({ latencies: upTo(900).map(() => 1) }),
      sample({ latencies: upTo(100).map(() => 500) }),
    ]);
    expect(reading.all.p50).toBeCloseTo(1, 2);
    expect(reading.all.p95).toBeGreaterThan(499);
    expect(reading.all.p95).toBeLessThan(501);
    expect(reading.all.max).toBeGreaterThan(499);
  });

  it('is the same in one sample or in many', () => {
    const whole = loadReading([sample({ latencies: upTo(1000), to: 2000 })]);
    const halves = loadReading([
      sample({ latencies: upTo(500) }),
      sample({ latencies: upTo(1000).slice(500), from: 1000, to: 2000 }),
    ]);
    expect(halves).toEqual(whole);
  });

  it('adds counts, keeps requests apart, and takes the distinct rows of the last sample', () => {
    const accumulator = createLoadAccumulator();
    accumulator.add(sample({ latencies: [10], intended: 5, dropped: 2, exhausted: 1, distinctRows: { p: 3 } }));
    accumulator.add(
      sample({
        intended: 4,
        dropped: 1,
        distinctRows: { p: 7 },
        requests: [
          { request: 'list', ok: 0, errors: { 500: 2, timeout: 1 }, histogram: histogramOf([20, 20]) },
          { request: 'pay', ok: 1, errors: { 500: 1 }, histogram: histogramOf([30, 30]) },
        ],
      }),
    );
    const { intended, dropped, exhausted, distinctRows, requests, all, seconds } = accumulator.reading();
    expect({ intended, dropped, exhausted, distinctRows, seconds }).toEqual({
      intended: 9,
      dropped: 3,
      exhausted: 1,
      distinctRows: { p: 7 },
      seconds: 2,
    });
    expect(requests.list).toMatchObject({ ok: 1, errors: { 500: 2, timeout: 1 } });
    expect(requests.pay).toMatchObject({ ok: 1, errors: { 500: 1 } });
    expect(all).toMatchObject({ ok: 2, errors: { 500: 3, timeout: 1 } });
  });

  it('reads nothing out of nothing', () => {
    expect(createLoadAccumulator().reading()).toMatchObject({
      seconds: 0,
      intended: 0,
      requests: {},
      all: { ok: 0, p99: 0, max: 0 },
    });
  });
});

describe('saturation', () => {
  const late = (ms: number) => upTo(100).map((index) => (index > 95 ? ms : 0));

  it('says so when the engine sent late', () => {
    expect(saturation(loadReading([sample({ latencies: upTo(100), lateness: late(40) })]))).toContain('40.0 ms late');
  });

  it('does not blame the engine for a slow app or for drops', () => {
    expect(
      saturation(loadReading([sample({ latencies: upTo(5000), dropped: 900, lateness: late(2) })])),
    ).toBeUndefined();
  });

  it('lets lateness pass that is a small part of the latency', () => {
    expect(saturation(loadReading([sample({ latencies: upTo(2000), lateness: late(40) })]))).toBeUndefined();
  });
});
