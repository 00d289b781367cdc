import { expect, it } from 'vitest';
import { absolute, atLeast, atMost, relative } from '../../../harness/bench/limit.ts';

const figure = { figure: 'requests', unit: '/s' };

it('holds the median of the rounds against a limit', () => {
  const of = (...ours: number[]) => absolute({ ...figure, ours }, atLeast(60, '/s'));
  expect(of(70, 61, 10)).toMatchObject({ measured: 61, target: '≥ 60 /s', ok: true, spread: 'median of 3, 10 to 70' });
  expect(of(59, 58, 57)).toMatchObject({ measured: 58, ok: false, inconclusive: undefined });
  expect(absolute({ ...figure, ours: [60] }, atMost(60, '/s')).ok).toBe(true);
  expect(absolute({ ...figure, ours: [61] }, atMost(60, '/s')).ok).toBe(false);
});

it('takes the ratio within each round, not that of the medians', () => {
  const measured = relative({ ...figure, ours: [30, 20, 10] }, atLeast(2.5, '×'), { to: 'k6', rounds: [10, 5, 40] });
  expect(measured).toMatchObject({ target: '≥ 2.5 × k6', measured: 20, ok: true });
  expect(measured.comparison).toEqual({ to: 'k6', measured: 10, ratio: 3, spread: 'median of 3, 0.25 to 4' });
});

it('shows another program beside a limit that does not depend on it', () => {
  const measured = absolute({ ...figure, ours: [4] }, atMost(5, ''), { to: 'k6', rounds: [40] });
  expect(measured).toMatchObject({ target: '≤ 5', ok: true, comparison: { to: 'k6', measured: 40, ratio: 0.1 } });
});

it('calls a miss inconclusive that a part of the rounds does not share, and never a hit', () => {
  const level = (...ours: number[]) =>
    relative({ ...figure, ours }, atLeast(1, '×'), { to: 'Toxiproxy', rounds: ours.map(() => 100) });
  expect(level(99, 98, 97, 101, 102)).toMatchObject({ ok: false, inconclusive: expect.stringContaining('in 2 of 5') });
  expect(level(99, 98, 97, 96, 102)).toMatchObject({ ok: false, inconclusive: undefined });
  expect(level(99, 98, 101, 102, 103)).toMatchObject({ ok: true, inconclusive: undefined });
});

it('says what to install where nobody is there to compare with', () => {
  const theirs = { to: 'k6', rounds: { missing: 'k6 is not there: install it' } };
  expect(relative({ ...figure, ours: [4] }, atLeast(3, '×'), theirs)).toMatchObject({
    measured: 4,
    inconclusive: 'k6 is not there: install it',
  });
  const alone = absolute({ ...figure, ours: [4] }, atLeast(3, ''), theirs);
  expect(alone).toMatchObject({ ok: true, inconclusive: undefined });
  expect(alone.comparison).toBeUndefined();
});
