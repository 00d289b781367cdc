import type { SurveyedAnswer, SurveyedRequest } from '../domain/evidence.ts';
import type { Check } from '../domain/verdict.ts';
import { defineCheck, inconclusive, required, verdict } from './define-check.ts';
import { firstDifference } from './json-difference.ts';

/** The app answers the same requests as the app that was handed out did, status and body, apart from fields that differ by design. */
export function sameResponses(options: { readonly name?: string } = {}): Check {
  return defineCheck({
    name: options.name ?? 'same-responses',
    claim: 'every request is answered as before the repair',
    judge(evidence) {
      const before = byAsking(required(evidence.originalSurvey, 'the original app’s survey'));
      const after = byAsking(required(evidence.survey, 'the survey'));
      if (before.size === 0) inconclusive('the survey of the original app is empty');
      const differences: string[] = [];
      for (const [asked, answer] of before) {
        const now = after.get(asked);
        if (now === undefined) return inconclusive(`${answer.method} ${answer.path} was not asked again`);
        const difference = differenceOf(answer, now);
        if (difference !== undefined) differences.push(`${answer.method} ${answer.path}: ${difference}`);
      }
      return verdict(
        differences.length === 0,
        differences.length === 0
          ? `all ${before.size} answers are the same`
          : `${differences.length} of ${before.size} answers differ; first: ${differences[0]}`,
        [
          { label: 'different answers', value: differences.length, bound: 0, unit: 'answers' },
          { label: 'compared', value: before.size, unit: 'answers' },
        ],
      );
    },
  });
}

/** Each request is asked several times, so its answers are told apart by their turn. */
function byAsking(survey: readonly SurveyedRequest[]): ReadonlyMap<string, SurveyedAnswer> {
  return new Map(
    survey.flatMap(({ request, answers }) =>
      answers.map((answer, turn) => [`${request} ${turn} ${answer.method} ${answer.path}`, answer] as const),
    ),
  );
}

function differenceOf(before: SurveyedAnswer, after: SurveyedAnswer): string | undefined {
  if (before.status !== after.status) return `status ${after.status} instead of ${before.status}`;
  return firstDifference(before.body, after.body);
}
