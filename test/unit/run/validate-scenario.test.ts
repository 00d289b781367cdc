import { describe, expect, it } from 'vitest';
import type { ScenarioDefinition, ScenarioPlan } from '../../../harness/domain/scenario.ts';
import type { Check } from '../../../harness/domain/verdict.ts';
import { validateDefinition } from '../../../harness/run/validate-scenario.ts';

const check: Check = {
  name: 'fast',
  claim: 'It is fast.',
  judge: () => ({ outcome: 'pass', summary: '', figures: [] }),
};
const request = { name: 'me', method: 'GET', path: '/v1/me', weight: 1 } as const;

const plan: ScenarioPlan = {
  workload: { rate: { perSecond: 5 }, pools: {}, requests: [request] },
  seconds: { steady: 1, incident: 5 },
  timeline: [],
  steadyState: [],
  objectives: [check],
};

function definition(changes: object = {}, planChanges: object = {}): ScenarioDefinition {
  return {
    title: 'A title',
    summary: 'A summary',
    failure: 'A failure',
    level: 'mid',
    minutes: 30,
    skills: ['reading'],
    size: 'small',
    variants: { only: {} },
    plan: () => ({ ...plan, ...planChanges }),
    ...changes,
  };
}

describe('validateDefinition', () => {
  it('finds nothing wrong with a valid definition', () => {
    expect(validateDefinition(definition())).toEqual([]);
  });

  it.each([
    ['no default export', undefined, /no default export/],
    ['a level that does not exist', definition({ level: 'guru' }), /^level: .*junior.*staff/],
    ['a size that does not exist', definition({ size: 'huge' }), /^size: .*small.*large/],
    ['no variant', definition({ variants: {} }), /^variants/],
    ['no objective', definition({}, { objectives: [] }), /^plan\(only\)\.objectives/],
    [
      'a request without a path',
      definition({}, { workload: { ...plan.workload, requests: [{ ...request, path: 'v1' }] } }),
      /requests\.0\.path/,
    ],
    [
      'a k6 script that is no path',
      definition({}, { workload: { ...plan.workload, k6: { script: 5 } } }),
      /workload\.k6\.script/,
    ],
    ['two checks of one name', definition({}, { objectives: [check, check] }), /two checks are named "fast"/],
    [
      'a plan that throws',
      definition({
        plan: () => {
          throw new Error('ms must be positive');
        },
      }),
      /plan\(only\) failed: ms must be positive/,
    ],
    [
      'a roll-out that nobody looks at',
      definition({}, { rollOut: { at: 1 } }),
      /objectives: a plan with a roll-out needs rolledOut/,
    ],
    [
      'a fault after the incident',
      definition({}, { timeline: [{ at: 9, fault: { name: 'late', summary: '', inject: async () => ({}) } }] }),
      /late at 9 s begins after the incident's 5 s/,
    ],
  ])('names %s', (_, value, expected) => {
    expect(validateDefinition(value).join('\n')).toMatch(expected);
  });
});
