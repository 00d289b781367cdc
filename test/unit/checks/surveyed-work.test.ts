import { describe, expect, test } from 'vitest';
import { buffersPerCall } from '../../../harness/checks/buffers-per-call.ts';
import { statementsPerRequest } from '../../../harness/checks/statements-per-request.ts';
import { noEvidence, present, surveyedRequest } from './evidence.ts';

const answer = { method: 'GET', path: '/v1/accounts', body: '' };

describe.each([
  ['statements', statementsPerRequest({ request: 'list accounts', atMost: 6 })],
  ['buffers', buffersPerCall({ request: 'list accounts', atMost: 6 })],
] as const)('%s', (key, check) => {
  const judge = (survey: Parameters<typeof surveyedRequest>[0]) =>
    check.judge({ ...noEvidence, survey: present([surveyedRequest(survey)]) });

  test('at the bound passes, above fails', () => {
    expect(judge({ [key]: 6 })).toMatchObject({ outcome: 'pass', figures: [{ value: 6, bound: 6 }] });
    expect(judge({ [key]: 7 })).toMatchObject({ outcome: 'fail', figures: [{ value: 7, bound: 6 }] });
  });

  test('no work in requests that were never served is no merit', () => {
    expect(judge({ [key]: 0, answers: [{ ...answer, status: 500 }] }).outcome).toBe('inconclusive');
    expect(judge({ [key]: 0, answers: [{ ...answer, status: 0 }] }).outcome).toBe('inconclusive');
    expect(
      judge({
        [key]: 0,
        answers: [
          { ...answer, status: 500 },
          { ...answer, status: 200 },
        ],
      }).outcome,
    ).toBe('pass');
  });

  test('a request that was not surveyed is inconclusive', () => {
    expect(judge({ request: 'other', [key]: 1 }).outcome).toBe('inconclusive');
  });
});
