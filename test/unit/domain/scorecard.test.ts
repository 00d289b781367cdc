import { describe, expect, it } from 'vitest';
import { parseDiagnosis } from '../../../harness/domain/diagnosis.ts';
import { type GradedClaim, gradeDiagnosis } from '../../../harness/domain/scorecard.ts';

const grade = (markdown: string, ...verdicts: readonly GradedClaim['verdict'][]) => {
  const diagnosis = parseDiagnosis(markdown);
  const claims = diagnosis.claims.map(
    (claim, i): GradedClaim => ({ ...claim, verdict: verdicts[i]!, why: '', against: 'as sent in' }),
  );
  return gradeDiagnosis(diagnosis, claims);
};

const cited = '## Root cause\n\nIt takes 102 statements [survey:open list,before].\n';

describe('the points of a diagnosis', () => {
  it('are more for what is shown than for what is guessed right', () => {
    const guessed = grade('## Root cause\n\nA query for each row.\n');
    const shown = grade(cited, 'confirmed');
    expect([guessed.points, shown.points]).toEqual([1, 3]);
    expect(shown.of).toBe(15);
  });

  it('are less for what is contradicted than for what is not checkable', () => {
    expect(grade(cited, 'not checkable').points).toBe(1);
    expect(grade(cited, 'contradicted').points).toBe(0);
  });

  it('count evidence only where figures are expected', () => {
    expect(grade('## Prevention\n\nAn alert at 102 statements [survey:open list,before].\n', 'confirmed').points).toBe(
      1,
    );
  });

  it('are none for nothing, and say what is empty', () => {
    const nothing = grade('');
    expect(nothing.points).toBe(0);
    expect(nothing.empty).toHaveLength(7);
  });
});
