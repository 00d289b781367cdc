import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../harness/domain/random.ts';
import type { RateStage } from '../../../harness/domain/workload.ts';
import { createArrivals, type Spacing } from '../../../harness/engines/arrivals.ts';

function arrivalsUntil(ms: number, rate: number, stages: readonly RateStage[], spacing: Spacing = 'even'): number[] {
  const arrivals = createArrivals(rate, stages, spacing, 0, seededRandom(1, 'test'));
  const times: number[] = [];
  for (let at = arrivals.next(); at <= ms; at = arrivals.next()) times.push(at);
  return times;
}

const between = (times: readonly number[], from: number, to: number) =>
  times.filter((at) => at > from && at <= to).length;

describe('createArrivals', () => {
  it('spaces evenly at a constant rate, from the given start', () => {
    const arrivals = createArrivals(200, [], 'even', 1000, seededRandom(1, 'test'));
    expect([arrivals.next(), arrivals.next(), arrivals.next()]).toEqual([1005, 1010, 1015]);
  });

  it('follows stages, and keeps the last level', () => {
    const times = arrivalsUntil(4000.001, 100, [
      { kind: 'constant', times: 1, seconds: 1 },
      { kind: 'constant', times: 3, seconds: 1 },
    ]);
    expect(between(times, 0, 1000.001)).toBe(100);
    expect(between(times, 1000.001, 2000.001)).toBe(300);
    expect(between(times, 2000.001, 4000.001)).toBe(600);
  });

  it('ramps linearly: the count is the integral of the rate', () => {
    const times = arrivalsUntil(4000.001, 100, [{ kind: 'ramp', from: 1, to: 5, seconds: 4 }]);
    // The integral of 100 + 100 t: 150 in the first second, 1200 in all four.
    expect(between(times, 0, 1000.001)).toBe(150);
    expect(times).toHaveLength(1200);
  });

  it('ramps down to nothing and stays there', () => {
    const arrivals = createArrivals(
      100,
      [{ kind: 'ramp', from: 1, to: 0, seconds: 2 }],
      'even',
      0,
      seededRandom(1, 'test'),
    );
    const times = Array.from({ length: 99 }, () => arrivals.next());
    expect(times.every(Number.isFinite)).toBe(true);
    arrivals.next();
    expect([arrivals.next(), arrivals.next()]).toEqual([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]);
  });

  it('waits through a stage without arrivals', () => {
    const times = arrivalsUntil(3000, 10, [
      { kind: 'constant', times: 0, seconds: 2 },
      { kind: 'constant', times: 1, seconds: 1 },
    ]);
    expect(times[0]).toBeCloseTo(2100, 6);
  });

  it('poisson: the rate on average, gaps that vary as much as they are long, the same for the same seed', () => {
    const times = arrivalsUntil(100_000, 200, [], 'poisson');
    expect(Math.abs(times.length - 20_000)).toBeLessThan(5 * Math.sqrt(20_000));
    const gaps = times.map((at, index) => at - (times[index - 1] ?? 0));
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    const deviation = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length);
    expect(deviation / mean).toBeGreaterThan(0.95);
    expect(deviation / mean).toBeLessThan(1.05);
    expect(arrivalsUntil(1000, 200, [], 'poisson')).toEqual(
      times.slice(0, arrivalsUntil(1000, 200, [], 'poisson').length),
    );
  });
});
