import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gradeAnswers } from '../../../harness/grading/grade-answers.ts';
import { readSubmission, type Submission } from '../../../harness/grading/read-submission.ts';
import { removeTemporaryDirectory, temporaryDirectory } from '../../../harness/platform/files.ts';
import { discoverReviews } from '../../../harness/run/reviews.ts';
import { discoverWritings } from '../../../harness/run/writings.ts';
import { archiveOf, honestEntries, takeHomeFor } from '../../support/submissions.ts';

const submission = (answers: Submission['answers']) => ({ answers }) as Submission;
const outcomes = async (answers: Submission['answers']) => {
  const graded = await gradeAnswers('a.tgz', submission(answers));
  return graded.answers.map(({ exercise, findings }) => [
    exercise,
    [...new Set(findings.map(({ outcome }) => outcome))],
  ]);
};

describe('answers in files', async () => {
  const [reviews, writings] = [await discoverReviews(), await discoverWritings()];

  it('are graded by what there is to find: the models of all exercises miss nothing that matters', async () => {
    const models = new Map([
      ...reviews.map(({ id, model }) => [id, new Map([['review.md', model]])] as const),
      ...writings.map(({ id, model }) => [id, new Map([['answer.md', model]])] as const),
    ]);
    const graded = await outcomes(models);
    expect(graded.map(([exercise]) => exercise)).toEqual([...models.keys()]);
    for (const [exercise, found] of graded) {
      expect(found, String(exercise)).toContain('found');
      expect(found, String(exercise)).not.toContain('red flag');
      expect(found, String(exercise)).not.toContain('false alarm');
    }
  });

  it('that were not written miss everything', async () => {
    const [review, writing] = [reviews[0]!, writings[0]!];
    const nothing = new Map([
      [review.id, new Map([['change.diff', review.change]])],
      [writing.id, new Map<string, string>()],
    ]);
    expect(await outcomes(nothing)).toEqual([
      [review.id, ['missed']],
      [writing.id, ['missed']],
    ]);
  });

  it('have their comments in the form, in the diff, or in both', async () => {
    const review = reviews.find(({ id }) => id === 'review-order-search')!;
    const commented = review.change.replace(/^(\+.*LIKE.*)$/im, '$1\n# (critical) Bind it.');
    expect(commented).not.toBe(review.change);
    const both = new Map([
      ['review.md', '### migrations/0008_order_search.sql:5 (medium)\nOf no use for a pattern that begins with %.\n'],
      ['change.diff', commented],
    ]);
    const { answers } = await gradeAnswers('a.tgz', submission(new Map([[review.id, both]])));
    const found = answers[0]!.findings.filter(({ outcome }) => outcome === 'found');
    expect(found.map(({ what }) => what)).toEqual(['words-become-sql (critical)', 'index-of-no-use (medium)']);
  });

  it('are scored by people in dimensions that tell the exercises apart', async () => {
    const ids = [reviews[0]!.id, writings[0]!.id];
    const { human } = await gradeAnswers('a.tgz', submission(new Map(ids.map((id) => [id, new Map()]))));
    expect(human.map(({ name }) => name.split(': ')[0])).toEqual(expect.arrayContaining(ids));
    expect(new Set(human.map(({ name }) => name)).size).toBe(human.length);
  });

  it('are none in what was packed before there were any', async () => {
    const { handOuts: _, ...packed } = takeHomeFor('still-active', 'default');
    const directory = temporaryDirectory('grade-answers');
    try {
      const file = join(directory, 'submission.tgz');
      writeFileSync(file, archiveOf(honestEntries(packed, '')));
      expect(readSubmission(file).answers.size).toBe(0);
    } finally {
      removeTemporaryDirectory(directory);
    }
  });

  it('to what is not here are refused', async () => {
    const answering = gradeAnswers('a.tgz', submission(new Map([['written-by-me', new Map()]])));
    await expect(answering).rejects.toMatchObject({ code: 'SUBMISSION_REFUSED' });
  });
});
