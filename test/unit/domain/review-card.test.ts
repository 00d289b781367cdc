import { describe, expect, it } from 'vitest';
import { disagreementsOf, parseReviewCard, reviewCardForm } from '../../../harness/domain/review-card.ts';
import { exampleScorecard } from '../../support/example-scorecard.ts';

const { facts, human } = exampleScorecard;
const filled = (score: string, evidence: string) =>
  reviewCardForm(exampleScorecard, 'bea').replace(
    'Score:\n\nEvidence:\n',
    `Score: ${score}\n\nEvidence: ${evidence}\n`,
  );

describe('a review card', () => {
  it('shows every dimension with its anchors, and has no score yet', () => {
    const form = reviewCardForm(exampleScorecard, 'bea');
    expect(form).toContain('Reviewer: bea');
    for (const fact of facts) expect(form).toContain(`- [ ] ${fact}`);
    for (const { name, anchors } of human) {
      expect(form).toContain(`## ${name}`);
      expect(form).toContain(anchors[5]);
    }
    expect(parseReviewCard(form, 'bea', human)).toEqual({
      reviewer: 'bea',
      entries: [],
      missing: human.map(({ name }) => name),
    });
  });

  it('is read with score and evidence, over several lines', () => {
    const { entries, missing } = parseReviewCard(filled('4', 'names the index\nand the plan node'), 'bea', human);
    expect(entries).toEqual([{ dimension: 'Diagnosis', score: 4, evidence: 'names the index\nand the plan node' }]);
    expect(missing).toEqual(['Repair']);
  });

  it.each([
    ['6', 'too high'],
    ['', 'no score'],
    ['3.5', 'no whole score'],
    ['3', ''],
  ])('does not count with the score "%s" and the evidence "%s"', (score, evidence) => {
    expect(parseReviewCard(filled(score, evidence), 'bea', human).entries).toEqual([]);
  });

  it('is talked about where reviewers are two points apart', () => {
    const card = (reviewer: string, ...scores: number[]) => ({
      reviewer,
      entries: scores.map((score, i) => ({ dimension: human[i]!.name, score, evidence: `${reviewer} saw it` })),
      missing: [],
    });
    const apart = disagreementsOf([card('bea', 2, 3), card('cy', 4, 4)]);
    expect(apart.map(({ dimension, entries }) => [dimension, entries.map(({ score }) => score)])).toEqual([
      ['Diagnosis', [2, 4]],
    ]);
  });
});
