import { answerOfReview, answerOfWriting, type GradedAnswer } from '../domain/graded-answer.ts';
import { gradeReview, reviewDimensions } from '../domain/review.ts';
import { parseReview } from '../domain/review-comments.ts';
import type { RubricDimension } from '../domain/rubric.ts';
import { gradeWriting } from '../domain/writing.ts';
import { discoverReviews } from '../run/reviews.ts';
import { discoverWritings } from '../run/writings.ts';
import { refused, type Submission } from './read-submission.ts';

/** What was answered in files, graded, with the dimensions in which people score it. */
export interface GradedAnswers {
  readonly answers: readonly GradedAnswer[];
  readonly human: readonly RubricDimension[];
}

/** Grades every answer of a submission by this project's own reviews and exercises in writing. Throws `SUBMISSION_REFUSED` for an answer to what is not here. */
export async function gradeAnswers(file: string, { answers }: Submission): Promise<GradedAnswers> {
  if (answers.size === 0) return { answers: [], human: [] };
  const [reviews, writings] = await Promise.all([discoverReviews(), discoverWritings()]);
  const graded = [...answers].map(([id, texts]): GradedAnswers => {
    const all = [...texts.values()];
    const review = reviews.find((one) => one.id === id);
    if (review !== undefined) {
      const { definition } = review;
      const came = gradeReview(definition, all.flatMap(parseReview));
      return { answers: [answerOfReview(id, definition.title, came)], human: named(id, reviewDimensions) };
    }
    const writing = writings.find((one) => one.id === id);
    if (writing === undefined) throw refused(file, [`there is no exercise ${JSON.stringify(id)} here`]);
    const { definition } = writing;
    const came = gradeWriting(definition, all.join('\n\n'));
    return { answers: [answerOfWriting(id, definition.title, came)], human: named(id, definition.dimensions) };
  });
  return { answers: graded.flatMap((one) => one.answers), human: graded.flatMap((one) => one.human) };
}

/** On a card, the dimensions of several exercises stand below each other. */
const named = (exercise: string, dimensions: readonly RubricDimension[]) =>
  dimensions.map((dimension) => ({ ...dimension, name: `${exercise}: ${dimension.name}` }));
