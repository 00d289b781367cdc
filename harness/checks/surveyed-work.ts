import type { Evidence, SurveyedRequest } from '../domain/evidence.ts';
import type { Check } from '../domain/verdict.ts';
import { defineCheck, inconclusive, nameOf, required, verdict } from './define-check.ts';

/** A kind of work that requests cause. */
interface Work {
  /** What checks of it are called, before the name of the request. */
  readonly check: string;
  readonly figure: 'statements' | 'buffers';
  readonly unit: string;
  /** What a request does, for the claim. */
  readonly claim: (atMost: number) => string;
}

export interface WorkObjective {
  readonly request: string;
  readonly atMost: number;
  readonly name?: string;
}

/** A request, sent alone with warm caches, causes at most so much work. */
export function surveyedWork(
  work: Work,
  { request, atMost, name = nameOf(work.check, request) }: WorkObjective,
): Check {
  const { figure, unit } = work;
  return defineCheck({
    name,
    claim: `a request "${request}" ${work.claim(atMost)}`,
    judge(evidence) {
      const value = surveyed(evidence, request)[figure];
      return verdict(value <= atMost, `${value} ${unit} per request; the bound is ${atMost}`, [
        { label: `${unit} per request`, value, bound: atMost, unit },
      ]);
    },
  });
}

/** The survey's figures of one request; the judgement ends as inconclusive when it was not surveyed or never served. */
function surveyed({ survey }: Evidence, request: string): SurveyedRequest {
  const found = required(survey, 'the survey').find((one) => one.request === request);
  if (found === undefined) return inconclusive(`request "${request}" was not surveyed`);
  // Work that ended in an error says nothing about the work of serving.
  if (found.answers.every(({ status }) => status === 0 || status >= 500)) {
    inconclusive(`request "${request}" was never served in the survey (status ${found.answers[0]?.status ?? 'none'})`);
  }
  return found;
}
