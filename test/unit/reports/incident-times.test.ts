import { describe, expect, it } from 'vitest';
import { incidentTimes } from '../../../harness/reports/incident-times.ts';
import { eventsAt, story } from '../../support/story.ts';

const begin = [0, { type: 'phase.started', phase: 'incident' }] as const;
const broken = (at: number) => [at, { type: 'objectives.changed', met: false, why: 'slow' }] as const;
const met = (at: number) => [at, { type: 'objectives.changed', met: true, why: 'fast' }] as const;

describe('incidentTimes', () => {
  it('tells detection, acknowledgement, mitigation and resolution apart', () => {
    expect(incidentTimes(story)).toEqual({
      impactFrom: '2026-11-23T10:15:25.000Z',
      detectMs: 60_000,
      acknowledgeMs: 100_000,
      mitigateMs: 300_000,
      resolveMs: 375_000,
    });
  });

  it('knows nothing without harm', () => {
    expect(incidentTimes([])).toEqual({});
    expect(incidentTimes(eventsAt([begin, met(5)]))).toEqual({});
  });

  it('does not call it mitigated when it broke again', () => {
    expect(incidentTimes(eventsAt([begin, broken(5), met(10), broken(15)])).mitigateMs).toBeUndefined();
    expect(incidentTimes(eventsAt([begin, broken(5), met(10), broken(15), met(20)])).mitigateMs).toBe(15_000);
  });

  it('does not call it resolved when the submission failed, or another arm passed', () => {
    const judged = (arm: string, outcome: 'pass' | 'fail') =>
      [12, { type: 'judged', arm, outcome, results: [], reasons: [] }] as const;
    const submitted = [11, { type: 'submitted' }] as const;
    expect(
      incidentTimes(eventsAt([begin, broken(5), submitted, judged('submission', 'fail')])).resolveMs,
    ).toBeUndefined();
    expect(
      incidentTimes(eventsAt([begin, broken(5), submitted, judged('solution', 'pass')])).resolveMs,
    ).toBeUndefined();
    expect(incidentTimes(eventsAt([begin, broken(5), submitted, judged('submission', 'pass')])).resolveMs).toBe(6_000);
  });
});
