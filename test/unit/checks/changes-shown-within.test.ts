import { expect, test } from 'vitest';
import { changesShownWithin } from '../../../harness/checks/changes-shown-within.ts';
import type { FaultRecord } from '../../../harness/domain/evidence.ts';
import { incidentWith } from './evidence.ts';

const fault: FaultRecord = { name: 'record-changes', summary: '', injectedAt: 0 };
const judge = (record: Partial<FaultRecord>) =>
  changesShownWithin({ ms: 1_000 }).judge(incidentWith({}, { faults: [{ ...fault, ...record }] }));

test('all shown in time pass', () => {
  expect(judge({ findings: { shownAfterMs: [5, 1_000] } })).toMatchObject({
    outcome: 'pass',
    figures: [
      { label: 'never shown', value: 0, bound: 0 },
      { label: 'slowest to show', value: 1_000, bound: 1_000, unit: 'ms' },
    ],
  });
});

test('late or never fails', () => {
  expect(judge({ findings: { shownAfterMs: [5, 1_001] } }).outcome).toBe('fail');
  expect(judge({ findings: { shownAfterMs: [5, -1] } })).toMatchObject({
    outcome: 'fail',
    figures: [{ label: 'never shown', value: 1, bound: 0 }, { value: 5 }],
  });
});

test('without findings nothing can be said', () => {
  expect(judge({ problem: 'had no record to change' }).outcome).toBe('inconclusive');
  expect(judge({ name: 'other', findings: { shownAfterMs: [1] } }).outcome).toBe('inconclusive');
});
