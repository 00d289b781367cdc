import { describe, expect, it } from 'vitest';
import type { JournalEntry, LiveSample } from '../../../harness/domain/journal.ts';
import { describeHarm } from '../../../harness/reports/describe-harm.ts';
import { harmOf, rollOutHarm } from '../../../harness/reports/roll-out-harm.ts';
import { sample } from '../../support/fake-game-day.ts';
import { eventsAt } from '../../support/story.ts';

type Told = readonly [seconds: number, entry: JournalEntry];

const incident: Told = [0, { type: 'phase.started', phase: 'incident' }];
const started = (at: number, deploy: number): Told => [at, { type: 'deploy.started', deploy }];
const finished = (at: number, deploy: number): Told => [
  at,
  { type: 'deploy.finished', deploy, seconds: 1, migrations: [] },
];
const refused = (at: number, deploy: number): Told => [
  at,
  { type: 'deploy.failed', deploy, stage: 'migrate', problem: 'no' },
];
const submitted: Told = [60, { type: 'submitted' }];

/** A second of 100 requests, of which some fail. */
const second = (at: number, failed: number, change: Partial<LiveSample> = {}): Told => [
  at,
  {
    type: 'live.sampled',
    sample: {
      ...sample,
      requests: { 'list accounts': { rate: 100, p50: 5, p95: 20 + failed, p99: 90, errors: failed } },
      ...change,
    },
  },
];
const waiting = (atOnce: number, longestMs: number) => ({ heldUp: { atOnce, longestMs } });
const jobs = (failed: number) => ({ queue: { waiting: 0, active: 0, failed } });

describe('harmOf', () => {
  it('adds up seconds', () => {
    const told = [
      second(1, 0, { ...waiting(0, 0), ...jobs(3) }),
      second(2, 30, { ...waiting(7, 900), ...jobs(5), dropped: 10 }),
      second(3, 0, { ...waiting(20, 1_900), ...jobs(4) }),
      second(4, 0, jobs(6)),
    ];
    expect(harmOf(eventsAt(told))).toEqual({
      seconds: 4,
      requests: 410,
      failed: 40,
      failedShare: 40 / 410,
      budgetBurn: expect.closeTo(40 / 410 / 0.005),
      heldUp: { seconds: 2, atOnce: 20, longestMs: 1_900 },
      // Two more, one taken away by somebody, two more.
      jobsFailed: 4,
      worstP95Ms: 50,
    });
  });

  it('of nothing is none', () => {
    expect(harmOf([])).toMatchObject({ seconds: 0, requests: 0, failedShare: 0, budgetBurn: 0, worstP95Ms: 0 });
  });
});

describe('rollOutHarm', () => {
  it('is unknown without a deploy', () => {
    expect(rollOutHarm(eventsAt([incident, second(1, 50), submitted]))).toBeUndefined();
  });

  it('tells the incident, each deploy and all of it apart', () => {
    const harm = rollOutHarm(
      eventsAt([
        second(-1, 99),
        incident,
        second(1, 40),
        started(10, 1),
        second(11, 8),
        refused(12, 1),
        second(16, 2),
        second(18, 1),
        started(30, 2),
        second(31, 4),
        finished(32, 2),
        started(33, 3),
        second(34, 16),
        submitted,
        second(61, 99),
        started(62, 4),
      ]),
    );
    expect(harm?.before).toMatchObject({ seconds: 1, failed: 40 });
    expect(harm?.deploys.map(({ deploy, outcome, failed }) => ({ deploy, outcome, failed }))).toEqual([
      { deploy: 1, outcome: 'refused', failed: 10 },
      { deploy: 2, outcome: 'live', failed: 4 },
      { deploy: 3, outcome: 'unfinished', failed: 16 },
    ]);
    expect(harm?.total).toMatchObject({ seconds: 5, failed: 31 });
  });
});

describe('describeHarm', () => {
  it('leaves out what did not happen', () => {
    expect(describeHarm(harmOf(eventsAt([second(1, 0)])))).toBe('none of 100 requests failed, p95 was 20 ms at worst');
  });

  it('tells what did', () => {
    const told = [second(1, 0, jobs(0)), second(2, 30, { ...waiting(20, 1_900), ...jobs(2) })];
    expect(describeHarm(harmOf(eventsAt(told)))).toBe(
      '30 of 200 requests failed (15 %), p95 was 50 ms at worst, up to 20 statements waited for a table, for 1.9 s at most, 2 jobs failed',
    );
  });
});
