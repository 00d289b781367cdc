import type { Evidence, SurveyedRequest } from '../domain/evidence.ts';
import { inconclusive, required } from './define-check.ts';

/** The survey's figures of one request; the judgement ends as inconclusive when it was not surveyed or never served. */
export function surveyed({ survey }: Evidence, request: string): SurveyedRequest {
  const found = required(survey, 'the survey').find((one) => one.request === request);
  if (found === undefined) return inconclusive(`request "${request}" was not surveyed`);
  // Work that ended in an error says nothing about the work of serving.
  if (found.answers.every(({ status }) => status === 0 || status >= 500)) {
    inconclusive(`request "${request}" was never served in the survey (status ${found.answers[0]?.status ?? 'none'})`);
  }
  return found;
}
