import { describe, expect, it } from 'vitest';
import { timeShares } from '../../../harness/cli/prove/time-shares.ts';

describe('a time for proofs', () => {
  it('has no shares when there is no limit', () => {
    expect(timeShares(undefined, { beside: 10, alone: 0 }, 2).beside(5)).toBeUndefined();
  });

  it('is dealt out by how many arms each has; what one does not use goes to those after it', () => {
    let now = 0;
    const { alone } = timeShares(100, { beside: 0, alone: 20 }, 1, () => now);
    expect(alone(10)).toBe(50);
    now = 20_000;
    expect(alone(5)).toBe(40);
    now = 60_000;
    expect(alone(5)).toBe(40);
  });

  it('goes further when two are played beside each other, and never beyond its end', () => {
    let now = 0;
    const { beside, alone } = timeShares(100, { beside: 20, alone: 10 }, 2, () => now);
    // Forty turns at two a time: twenty times an arm.
    expect(beside(10)).toBe(50);
    expect(beside(10)).toBeCloseTo(66.7, 1);
    now = 60_000;
    expect(alone(10)).toBe(40);
  });

  it('leaves a second when it is over', () => {
    let now = 0;
    const { alone } = timeShares(10, { beside: 0, alone: 10 }, 1, () => now);
    now = 60_000;
    expect(alone(10)).toBe(1);
  });
});
