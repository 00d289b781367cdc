import { describe, expect, it } from 'vitest';
import { gradeReview } from '../../../harness/domain/review.ts';
import { parseReview } from '../../../harness/domain/review-comments.ts';
import { discoverReviews } from '../../../harness/run/reviews.ts';

const reviews = await discoverReviews();

/** The proof of a review: who sees everything is graded so, who sees what is easy to see is not. */
describe.each(reviews)('the review $id', ({ definition, model, decoys, change, pullRequest }) => {
  it('is found whole by its model, in the right order and without a false alarm', () => {
    const { missed, falseAlarms, others, rankedRight } = gradeReview(definition, parseReview(model));
    expect({ missed: missed.map(({ name }) => name), falseAlarms, others, rankedRight }).toEqual({
      missed: [],
      falseAlarms: [],
      others: [],
      rankedRight: true,
    });
  });

  it('is not found by its decoys, which raise false alarms', () => {
    expect(decoys.size).toBeGreaterThan(0);
    for (const decoy of decoys.values()) {
      const { found, falseAlarms } = gradeReview(definition, parseReview(decoy));
      expect(found).toEqual([]);
      expect(falseAlarms.length).toBeGreaterThan(1);
    }
  });

  it('does not tell what is wrong', () => {
    for (const { name, consequence } of definition.issues) {
      expect(`${pullRequest}\n${change}`).not.toContain(name);
      expect(`${pullRequest}\n${change}`).not.toContain(consequence);
    }
  });
});

it('there are three of them, each of another part of the app', () => {
  expect(reviews.map(({ id }) => id)).toEqual([
    'review-order-search',
    'review-profile-cache',
    'review-payment-webhook',
  ]);
});
