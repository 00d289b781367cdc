import { disagreementsOf, type ReviewCard } from '../../domain/review-card.ts';
import { oneLine } from '../../reports/plain-text.ts';
import type { Paint } from '../terminal/paint.ts';
import { textTable } from '../terminal/table.ts';

/** What reviewers scored, dimension by dimension, and what they have to talk about. */
export function debrief(cards: readonly ReviewCard[], paint: Paint, width: number): string {
  const dimensions = [...new Set(cards.flatMap(({ entries }) => entries.map(({ dimension }) => dimension)))];
  const scoreOf = (card: ReviewCard, dimension: string) =>
    String(card.entries.find((entry) => entry.dimension === dimension)?.score ?? '-');
  const table = textTable(
    [{ title: 'Dimension' }, ...cards.map(({ reviewer }) => ({ title: reviewer, align: 'right' as const }))],
    dimensions.map((dimension) => [dimension, ...cards.map((card) => scoreOf(card, dimension))]),
  );
  const apart = disagreementsOf(cards).flatMap(({ dimension, entries }) => [
    paint('yellow', `! ${dimension}: to be talked about`),
    ...entries.map(({ reviewer, score, evidence }) => `  ${reviewer}, ${score}: ${oneLine(evidence, 2 * width)}`),
  ]);
  return [table, ...(apart.length > 0 ? apart : ['Nowhere two points or more apart.'])].join('\n');
}
