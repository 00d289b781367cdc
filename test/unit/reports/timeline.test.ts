import { describe, expect, it } from 'vitest';
import { timelineOf } from '../../../harness/reports/timeline.ts';
import { eventsAt } from '../../support/story.ts';

const injected = (at: number, fault: string) =>
  [at, { type: 'fault.injected', fault, summary: '', receipt: `at ${at}` }] as const;
const undone = (at: number, fault: string) => [at, { type: 'fault.undone', fault }] as const;

describe('timelineOf', () => {
  it('tells the faults of the first wave, and of the incident that is played for the verdict', () => {
    const lines = timelineOf(
      eventsAt([
        injected(1, 'peak'),
        undone(2, 'peak'),
        injected(3, 'peak'),
        injected(3, 'flush'),
        undone(4, 'peak'),
        [5, { type: 'submitted' }],
        injected(6, 'peak'),
        injected(7, 'peak'),
      ]),
    );
    expect(lines.map((line) => line.text)).toEqual([
      'Fault peak: at 1',
      'Fault peak undone',
      'Fault flush: at 3',
      'Submitted',
      'Fault peak: at 6',
    ]);
  });

  it('leaves out samples and planned exits, but not crashes', () => {
    const exit = { type: 'app.exited', process: 'api-1', pid: 1, code: null, signal: 'SIGKILL' } as const;
    const lines = timelineOf(
      eventsAt([
        [1, { ...exit, planned: true }],
        [2, { ...exit, planned: false }],
      ]),
    );
    expect(lines.map((line) => line.text)).toEqual(['api-1 exited (SIGKILL)']);
  });
});
