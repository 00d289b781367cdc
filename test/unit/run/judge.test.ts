import { describe, expect, it } from 'vitest';
import type { Evidence, LoadReading } from '../../../harness/domain/evidence.ts';
import type { TimelineEntry } from '../../../harness/domain/scenario.ts';
import type { Check, Outcome } from '../../../harness/domain/verdict.ts';
import { judge, judgeChecks, objectivesMet } from '../../../harness/run/judge.ts';
import { incidentWith, load } from '../checks/evidence.ts';

function evidence(
  changes: { readonly load?: Partial<LoadReading>; readonly faults?: Evidence['faults'] } = {},
): Evidence {
  return incidentWith({ load: load(changes.load) }, { faults: changes.faults ?? [] });
}

function check(outcome: Outcome): Check {
  return { name: outcome, claim: '', judge: () => ({ outcome, summary: '', figures: [] }) };
}

const nothing = { objectives: [check('pass')], timeline: [] };

describe('judge', () => {
  it.each([
    [['pass', 'pass'], 'pass'],
    [['pass', 'inconclusive'], 'inconclusive'],
    [['inconclusive', 'fail', 'pass'], 'fail'],
  ] as const)('of checks that came out %j says %s', (outcomes, expected) => {
    expect(judge({ objectives: outcomes.map(check), timeline: [] }, evidence()).outcome).toBe(expected);
  });

  it('takes a check that throws for inconclusive', () => {
    const crashing: Check = {
      ...check('fail'),
      judge: () => {
        throw new Error('bug');
      },
    };
    const { outcome, results } = judge({ objectives: [crashing], timeline: [] }, evidence());
    expect(outcome).toBe('inconclusive');
    expect(results[0]?.summary).toContain('bug');
  });

  it.each([
    ['a load engine that was late', evidence({ load: { sendLatenessP99Ms: 400 } })],
    ['a load that was not sent', evidence({ load: { intended: 0 } })],
    ['a pool that ran dry', evidence({ load: { exhausted: 3 } })],
    ['a fault that failed', evidence({ faults: [{ name: 'x', summary: '', injectedAt: 1, problem: 'refused' }] })],
    ['a fault that nobody saw', evidence({ faults: [{ name: 'x', summary: '', injectedAt: 1, receipt: 'done' }] })],
  ])('is inconclusive after %s, even when a check failed', (_, seen) => {
    const judgement = judge({ objectives: [check('fail')], timeline: [] }, seen);
    expect(judgement.outcome).toBe('inconclusive');
    expect(judgement.reasons).toHaveLength(1);
  });

  it('is inconclusive when a fault of the timeline was never injected', () => {
    const entry = {
      at: 0,
      fault: { name: 'x', summary: '', inject: () => Promise.reject(new Error()) },
    } satisfies TimelineEntry;
    expect(judge({ ...nothing, timeline: [entry] }, evidence()).outcome).toBe('inconclusive');
    expect(judge(nothing, evidence()).outcome).toBe('pass');
  });
});

describe('objectivesMet', () => {
  const excused: Check = {
    ...check('inconclusive'),
    judge: () => ({ outcome: 'inconclusive', excused: true, summary: '', figures: [] }),
  };
  it.each([
    ['passes and what can not be judged while live', [check('pass'), check('inconclusive')], true],
    ['a failure, whatever a busy machine did', [check('fail'), excused], false],
    ['nothing but what a busy machine may have made late', [check('pass'), excused], undefined],
  ] as const)('after %s', (_, checks, met) => {
    expect(objectivesMet(judgeChecks(checks, evidence()))).toBe(met);
  });
});
