import { describe, expect, test } from 'vitest';
import { invariant } from '../../../harness/checks/invariant.ts';
import { poolWaitUnder } from '../../../harness/checks/pool-wait-under.ts';
import { queueDrained } from '../../../harness/checks/queue-drained.ts';
import { incidentWith, present } from './evidence.ts';

describe('poolWaitUnder', () => {
  const judge = (poolWaitP95Ms: number) =>
    poolWaitUnder({ ms: 20 }).judge(
      incidentWith({ app: present({ poolWaitP95Ms, maxPoolWaiting: 3, maxPoolTotal: 10, caches: {} }) }),
    );

  test('at the bound passes, above fails', () => {
    expect(judge(20)).toMatchObject({ outcome: 'pass', figures: [{ value: 20, bound: 20 }, { value: 3 }] });
    expect(judge(20.1).outcome).toBe('fail');
  });
});

describe('invariant', () => {
  const check = invariant({ name: 'one payment per order', claim: 'Nobody pays twice' });
  const judge = (violations: number, name = 'one payment per order') =>
    check.judge(incidentWith({ invariants: present([{ name, violations, examples: ['{"order_id":7}'] }]) }));

  test('no violation passes, one fails with an example', () => {
    expect(check).toMatchObject({ name: 'invariant:one-payment-per-order', claim: 'Nobody pays twice' });
    expect(judge(0)).toMatchObject({ outcome: 'pass', figures: [{ value: 0, bound: 0 }] });
    expect(judge(1)).toMatchObject({ outcome: 'fail', summary: expect.stringContaining('{"order_id":7}') });
  });

  test('an invariant that the scenario does not have is inconclusive', () => {
    expect(judge(0, 'other').outcome).toBe('inconclusive');
  });
});

describe('queueDrained', () => {
  const done = { waiting: 0, active: 0, delayed: 0, failed: 0, completed: 9 };
  const judge = (orders: Partial<typeof done>, queue?: string) =>
    queueDrained(queue === undefined ? {} : { queue }).judge(
      incidentWith({ queues: present({ orders: { ...done, ...orders }, mail: done }) }),
    );

  test('only completed jobs pass', () => {
    expect(judge({})).toMatchObject({
      outcome: 'pass',
      figures: [{ label: 'waiting', value: 0, bound: 0 }, {}, {}, {}],
    });
  });

  test.each(['waiting', 'active', 'delayed', 'failed'] as const)('a job that is %s fails', (state) => {
    expect(judge({ [state]: 2 })).toMatchObject({ outcome: 'fail', summary: `jobs left: 2 ${state}` });
  });

  test('a named queue is judged alone, and has to be there', () => {
    expect(judge({ failed: 1 }, 'mail').outcome).toBe('pass');
    expect(judge({}, 'nope').outcome).toBe('inconclusive');
  });
});
