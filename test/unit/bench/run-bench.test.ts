import { expect, it } from 'vitest';
import type { Measurement } from '../../../harness/bench/bench.ts';
import { standingOf } from '../../../harness/bench/results.ts';
import { runBench } from '../../../harness/bench/run-bench.ts';

const one = { figure: 'requests', target: '≥ 60', measured: 50, unit: '' };
const hit: Measurement = { ...one, ok: true };
const miss: Measurement = { ...one, ok: false };
const bench = { name: 'throughput', about: 'requests', run: async () => [hit, miss] };
const machine = { cores: 2, capacitySeconds: 20, stolenSeconds: 0, oursSeconds: 9, foreignSeconds: 10 };

async function standings(idleSeconds: number) {
  const { measurements } = await runBench(bench, { cut: () => ({ ...machine, idleSeconds }) });
  return measurements.map(standingOf);
}

it('does not count a miss while other programs had the machine, and counts a hit', async () => {
  expect(await standings(1)).toEqual(['met', 'inconclusive']);
  expect(await standings(10)).toEqual(['met', 'missed']);
});

it('counts no comparison while other programs had the machine', async () => {
  const comparison = { to: 'k6', measured: 10, ratio: 5, spread: 'median of 3, 4 to 6' };
  const compared = { ...bench, run: async () => [{ ...hit, comparison }] };
  const { measurements } = await runBench(compared, { cut: () => ({ ...machine, idleSeconds: 1 }) });
  expect(measurements.map(standingOf)).toEqual(['inconclusive']);
});

it('keeps the reason a bench gives itself', async () => {
  const late = { ...bench, run: async () => [{ ...miss, inconclusive: 'the engine was late' }] };
  const { measurements } = await runBench(late, { cut: () => ({ ...machine, idleSeconds: 1 }) });
  expect(measurements[0]!.inconclusive).toBe(
    'the engine was late; other programs took 1.0 of 2 cores and the machine had nothing left',
  );
});
