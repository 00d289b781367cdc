import { describe, expect, test } from 'vitest';
import { firstDifference } from '../../../harness/checks/json-difference.ts';
import { sameResponses } from '../../../harness/checks/same-responses.ts';
import { noEvidence, present, surveyedRequest } from './evidence.ts';

const original = surveyedRequest();
const [answer] = original.answers;
const judge = (...now: readonly (typeof original)[]) =>
  sameResponses().judge({ ...noEvidence, originalSurvey: present([original]), survey: present(now) });

test('the same answers pass, whatever they cost', () => {
  expect(judge({ ...original, statements: 1 })).toMatchObject({
    outcome: 'pass',
    figures: [
      { value: 0, bound: 0 },
      { label: 'compared', value: 1 },
    ],
  });
});

test('another status or body fails, and the first difference is told', () => {
  const changed = (change: object) => ({ ...original, answers: [{ ...answer!, ...change }] });
  expect(judge(changed({ status: 404 }))).toMatchObject({
    outcome: 'fail',
    summary: '1 of 1 answers differ; first: GET /v1/accounts: status 404 instead of 200',
  });
  expect(judge(changed({ body: '{"items":[{"id":1,"total":10}]}' })).summary).toContain('$.items[0].total: 12 → 10');
});

test('a request that was not asked again is inconclusive', () => {
  expect(judge().outcome).toBe('inconclusive');
  expect(judge({ ...original, answers: [{ ...answer!, path: '/other' }] }).outcome).toBe('inconclusive');
});

describe('firstDifference', () => {
  test.each([
    ['{"a":1}', '{"a":1}', undefined],
    ['{"a":1,"b":2}', '{"a":1}', '$.b is missing'],
    ['{"a":1}', '{"a":1,"b":2}', '$.b is new'],
    ['[1,2]', '[1]', '$ has 1 elements instead of 2'],
    ['[{"a":[1]}]', '[{"a":[2]}]', '$[0].a[0]: 1 → 2'],
    ['{"a":null}', '{"a":{}}', '$.a: null → {}'],
    ['{"a":[]}', '{"a":{}}', '$.a: [] → {}'],
    ['a,b', 'a,c', 'a,b → a,c'],
    ['0', '1', '$: 0 → 1'],
  ])('%s and %s: %s', (before, after, difference) => {
    expect(firstDifference(before, after)).toBe(difference);
  });

  test('long values are cut', () => {
    expect(firstDifference('"a"', `"${'b'.repeat(500)}"`)!.length).toBeLessThan(100);
  });
});
