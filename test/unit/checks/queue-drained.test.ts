import { expect, test } from 'vitest';
import { queueDrained } from '../../../harness/checks/queue-drained.ts';
import type { QueueFigures } from '../../../harness/domain/evidence.ts';
import { contended, incidentWith, present } from './evidence.ts';

const none: QueueFigures = { waiting: 0, active: 0, delayed: 0, failed: 0, completed: 5 };
const after = (jobs: Partial<QueueFigures>, isBusy = false) =>
  incidentWith({
    queues: present({ releases: { ...none, ...jobs }, orders: { ...none, waiting: 1 } }),
    ...(isBusy && { machine: contended }),
  });
const check = queueDrained({ queue: 'releases', failed: 2 });

test('jobs that can only fail have to be found as failed, no fewer and no more', () => {
  expect(check.claim).toContain('but for 2 that can only fail');
  expect(check.judge(after({ failed: 2 }))).toMatchObject({
    outcome: 'pass',
    summary: expect.stringContaining('2 failed'),
  });
  expect(check.judge(after({}))).toMatchObject({ outcome: 'fail', summary: 'no job is left; 2 failed ones should be' });
  expect(check.judge(after({ failed: 3 })).outcome).toBe('fail');
  expect(check.judge(after({ failed: 2, delayed: 1 })).outcome).toBe('fail');
});

test('a busy machine excuses jobs that are still being tried, not those that are nowhere to be found', () => {
  expect(check.judge(after({ failed: 1, delayed: 1 }, true)).outcome).toBe('inconclusive');
  expect(check.judge(after({ failed: 3, delayed: 1 }, true)).outcome).toBe('fail');
  expect(check.judge(after({}, true)).outcome).toBe('fail');
});
