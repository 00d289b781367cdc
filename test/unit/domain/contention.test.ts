import { expect, test } from 'vitest';
import { contentionOf, describeContention } from '../../../harness/domain/contention.ts';
import { machine, present } from '../checks/evidence.ts';

test.each([
  ['nothing left, a quarter core taken', { foreign: 2.5, idle: 1.9 }, true],
  ['nothing left, but taken by ourselves', { foreign: 2.4, idle: 0 }, false],
  ['much taken, but enough left', { foreign: 9, idle: 2 }, false],
  ['a quiet machine', { foreign: 0, idle: 15 }, false],
] as const)('%s', (_, figures, contended) => {
  expect(contentionOf(machine(figures)) !== undefined).toBe(contended);
});

test('an absent reading, also one of a run that had no such meter, is no contention', () => {
  expect(contentionOf({ ok: false, reason: 'not Linux' })).toBeUndefined();
  expect(contentionOf(undefined)).toBeUndefined();
  const nothing = { cores: 2, capacitySeconds: 0, idleSeconds: 0, stolenSeconds: 0, oursSeconds: 0, foreignSeconds: 0 };
  expect(contentionOf(present(nothing))).toBeUndefined();
});

test('says how much was taken, and what of it not by programs that can be closed', () => {
  expect(describeContention(contentionOf(machine({ foreign: 9, idle: 0 }))!)).toBe(
    'other programs took 0.9 of 2 cores and the machine had nothing left',
  );
  expect(describeContention(contentionOf(machine({ foreign: 9, idle: 0, stolen: 7 }))!)).toContain(
    '0.9 of 2 cores (0.7 of it outside this virtual machine)',
  );
});
