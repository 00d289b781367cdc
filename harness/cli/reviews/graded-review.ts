import { type GradedReview, reviewInShort } from '../../domain/review.ts';
import { oneLine } from '../../reports/plain-text.ts';
import type { Paint } from '../terminal/paint.ts';
import { textTable } from '../terminal/table.ts';

/** How a review came out, for who graded it: planted issues first, then what else was said. */
export function describeGradedReview(graded: GradedReview, paint: Paint, width: number): string {
  const { found, missed, falseAlarms, others } = graded;
  const about = Math.max(30, width - 50);
  const said = (comments: GradedReview['others']) => oneLine(comments.map(({ text }) => text).join(' / '), 200);
  const rows = [
    ...found.map(({ issue, comments }) => [paint('green', '✔ found'), issue.severity, issue.name, said(comments)]),
    ...missed.map((issue) => [paint('red', '✘ missed'), issue.severity, issue.name, oneLine(issue.consequence)]),
    ...falseAlarms.map(({ comment, why }) => [
      paint('yellow', '! false alarm'),
      comment.severity ?? '',
      `${comment.file}:${comment.from}`,
      oneLine(why),
    ]),
    ...others.map((comment) => [
      '? to be judged',
      comment.severity ?? '',
      `${comment.file}:${comment.from}`,
      oneLine(comment.text, 200),
    ]),
  ];
  return [
    textTable(
      [
        { title: 'Outcome' },
        { title: 'Severity' },
        { title: 'What' },
        { title: 'Said, or what it leads to', max: about },
      ],
      rows,
    ),
    reviewInShort(graded),
    'What the comments teach is for a person to judge.',
  ].join('\n');
}
