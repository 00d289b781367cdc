import { describe, expect, test } from 'vitest';
import type { ProcessTimes } from '../../../harness/meters/processor-times.ts';
import { treeTime } from '../../../harness/meters/tree-time.ts';

const one = (pid: number, parent: number, own: number, reaped = 0, startedAt = pid): ProcessTimes => ({
  pid,
  parent,
  startedAt,
  own,
  reaped,
});

/** The harness is 10, below init and a shell; 90 is somebody else's. */
const around = (harness: ProcessTimes, ...others: readonly ProcessTimes[]) => [
  one(1, 0, 50, 900),
  one(5, 1, 3),
  one(90, 1, 70),
  harness,
  ...others,
];

/** What was used up to each reading after the first. */
function used(...readings: readonly (readonly ProcessTimes[])[]): readonly number[] {
  const read = treeTime(10);
  return readings.map(read).slice(1);
}

describe('the time of a process and its descendants', () => {
  test('counts from the first reading on, at any depth, and nobody else’s', () => {
    const before = around(one(10, 5, 4), one(20, 10, 6), one(30, 20, 8, 2));
    const after = around(one(10, 5, 5), one(20, 10, 8), one(30, 20, 12, 2)).map((p) =>
      p.pid === 90 ? { ...p, own: 99 } : p,
    );
    expect(used(before, before, after)).toEqual([0, 7]);
  });

  test('finds descendants whatever their order, also those that are new', () => {
    expect(used(around(one(10, 5, 0)), [one(40, 30, 2), one(30, 10, 1), ...around(one(10, 5, 0))])).toEqual([3]);
  });

  test('counts what came and went between two readings, once', () => {
    expect(used(around(one(10, 5, 0)), around(one(10, 5, 0, 4)), around(one(10, 5, 0, 4)))).toEqual([4, 4]);
  });

  test('counts a process that is killed up to its end, and no second time as its parent’s', () => {
    const alive = around(one(10, 5, 0), one(20, 10, 100));
    const later = around(one(10, 5, 0), one(20, 10, 105));
    expect(used(alive, later, around(one(10, 5, 0, 105.4)))).toEqual([5, expect.closeTo(5.4)]);
  });

  test('counts it no second time when its parent was read just before it noticed', () => {
    const alive = around(one(10, 5, 0), one(20, 10, 100));
    const gone = around(one(10, 5, 0));
    const noticed = around(one(10, 5, 0, 100.4));
    expect(used(alive, gone, noticed)).toEqual([0, expect.closeTo(0.4)]);
  });

  test('a branch that ends together is inherited by the ancestor that is left', () => {
    const alive = around(one(10, 5, 0), one(20, 10, 30), one(21, 20, 60));
    expect(used(alive, around(one(10, 5, 0, 91)))).toEqual([1]);
  });

  test('one that others reaped neither takes anything away nor hides what comes later', () => {
    const alive = around(one(10, 5, 0), one(20, 10, 30), one(21, 20, 60));
    const killed = around(one(10, 5, 0, 30));
    expect(used(alive, killed, killed, around(one(10, 5, 0, 32)))).toEqual([0, 0, 2]);
  });

  test('an orphan and its children stay ours', () => {
    const alive = around(one(10, 5, 0), one(20, 10, 1), one(21, 20, 6));
    const orphaned = around(one(10, 5, 0, 1), one(21, 1, 9), one(22, 21, 5));
    expect(used(alive, orphaned)).toEqual([8]);
  });

  test('a stranger with the id of one that has ended is a stranger', () => {
    const alive = around(one(10, 5, 0), one(20, 10, 1));
    expect(used(alive, around(one(10, 5, 0, 1), one(20, 1, 500, 0, 77)))).toEqual([0]);
  });
});
