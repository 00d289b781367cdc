import { sameResponses } from '../checks/same-responses.ts';
import type { Evidence } from '../domain/evidence.ts';
import { overall } from '../domain/verdict.ts';
import { judgeChecks } from '../run/judge.ts';
import type { Play } from '../run/play-and-judge.ts';

/** Whoever plays sees how requests are answered with some rows. These claim the same of rows that nobody has seen. */
const hiddenChecks = [
  {
    ...sameResponses({ name: 'answers-elsewhere' }),
    claim: 'requests that nobody could prepare for are answered as before the repair',
  },
];

const notSurveyed = { ok: false, reason: 'the app as handed out was not looked at there' } as const;

/** A play with what only grading looks at judged, too. @param flawed what was measured of the app as handed out, to compare with */
export function judgeHidden(played: Play, flawed: Evidence | undefined): Play {
  const { evidence, judgement } = played;
  if (evidence?.elsewhere === undefined) return played;
  const originalSurvey = evidence.originalElsewhere ?? flawed?.elsewhere ?? notSurveyed;
  const hidden = judgeChecks(hiddenChecks, { ...evidence, survey: evidence.elsewhere, originalSurvey });
  const results = [...judgement.results, ...hidden];
  const outcome = judgement.reasons.length > 0 ? judgement.outcome : overall(results);
  return { evidence, judgement: { ...judgement, results, outcome } };
}
