import { expect, it } from 'vitest';
import { retryDelay } from '../../harness/third-parties/webhook-sender.ts';

const policy = { firstMs: 500, longestMs: 8_000, tries: 12 };

it('doubles from the first wait up to the longest', () => {
  expect([1, 2, 3, 4, 5, 6, 11].map((failed) => retryDelay(policy, failed, 0.5))).toEqual([
    500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000,
  ]);
});

it('moves each wait by up to a fifth either way', () => {
  expect(retryDelay(policy, 1, 0)).toBeCloseTo(400);
  expect(retryDelay(policy, 1, 1)).toBeCloseTo(600);
});
