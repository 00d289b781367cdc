import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { countdown } from '../../../harness/cli/prove/countdown.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('counts to all, and reckons with plays that have the machine to themselves', () => {
  const left = countdown({ beside: 4, alone: 2 }, 2);
  vi.advanceTimersByTime(10_000);
  left.beside();
  // Two plays in ten seconds: one more pair, and two that take as long as a pair each.
  expect(left.beside()).toBe('2/6, about 30 s left');
  vi.advanceTimersByTime(10_000);
  left.beside();
  left.beside();
  vi.advanceTimersByTime(10_000);
  expect(left.alone()).toBe('5/6, about 10 s left');
  expect(left.alone()).toBe('6/6');
});

it('reckons with no more than the time there is', () => {
  const left = countdown({ beside: 0, alone: 10 }, 1, 30_000);
  vi.advanceTimersByTime(10_000);
  expect(left.alone()).toBe('1/10, about 20 s left');
  vi.advanceTimersByTime(20_000);
  expect(left.alone()).toBe('2/10, time is up');
});
