import { expect, test } from 'vitest';
import { revokedWithin } from '../../../harness/checks/revoked-within.ts';
import type { FaultRecord } from '../../../harness/domain/evidence.ts';
import { incidentWith } from './evidence.ts';

const fault: FaultRecord = { name: 'user-bans', summary: '', injectedAt: 0 };
const judge = (record: Partial<FaultRecord>) =>
  revokedWithin({ ms: 2_000 }).judge(incidentWith({}, { faults: [{ ...fault, ...record }] }));

test('all refused in time pass', () => {
  expect(judge({ findings: { refusedAfterMs: [10, 2_000] } })).toMatchObject({
    outcome: 'pass',
    figures: [
      { label: 'never refused', value: 0, bound: 0 },
      { label: 'slowest refusal', value: 2_000, bound: 2_000, unit: 'ms' },
    ],
  });
});

test('late or never fails', () => {
  expect(judge({ findings: { refusedAfterMs: [10, 2_001] } }).outcome).toBe('fail');
  expect(judge({ findings: { refusedAfterMs: [10, -1] } })).toMatchObject({
    outcome: 'fail',
    figures: [{ label: 'never refused', value: 1, bound: 0 }, { value: 10 }],
  });
  expect(judge({ findings: { refusedAfterMs: [-1] } }).outcome).toBe('fail');
});

test('without findings nothing can be said', () => {
  expect(judge({ problem: 'no user to ban' })).toMatchObject({
    outcome: 'inconclusive',
    summary: 'the fault user-bans no user to ban',
  });
  expect(judge({ name: 'other', findings: { refusedAfterMs: [1] } }).outcome).toBe('inconclusive');
});
