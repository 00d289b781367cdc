import { expect, it } from 'vitest';
import { buffersPerCall } from '../../../harness/checks/buffers-per-call.ts';
import { errorRateUnder } from '../../../harness/checks/error-rate-under.ts';
import { invariant } from '../../../harness/checks/invariant.ts';
import { rolledOut } from '../../../harness/checks/rolled-out.ts';
import { sameResponses } from '../../../harness/checks/same-responses.ts';
import { statementsPerRequest } from '../../../harness/checks/statements-per-request.ts';
import { needsNoLoad, surveyOnly } from '../../../harness/run/survey-only.ts';
import { incidentWith, load, present, surveyedRequest } from '../checks/evidence.ts';

const request = surveyedRequest().request;
const evidence = incidentWith(
  { load: load(), invariants: present([{ name: 'one row', violations: 3, examples: [] }]) },
  { survey: present([surveyedRequest()]), originalSurvey: present([surveyedRequest()]) },
);

it.each([sameResponses(), statementsPerRequest({ request, atMost: 6 }), buffersPerCall({ request, atMost: 6 })])(
  '$name comes out by the survey alone',
  (check) => {
    expect(needsNoLoad(check, evidence)).toBe(true);
  },
);

it.each([errorRateUnder({ share: 0.1 }), invariant({ name: 'one row' }), rolledOut()])(
  '$name looks at more',
  (check) => {
    expect(needsNoLoad(check, evidence)).toBe(false);
  },
);

it('a check that is decided by the survey says the same of it as of everything', () => {
  const check = statementsPerRequest({ request, atMost: 1 });
  expect(check.judge(surveyOnly(evidence))).toEqual(check.judge(evidence));
  expect(check.judge(evidence).outcome).toBe('fail');
});
