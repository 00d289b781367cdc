import type { Review } from '../run/reviews.ts';
import type { Writing } from '../run/writings.ts';
import { anchorsOf, longLines, type Secret, statementsOf } from './secrets.ts';

/** What is planted in a pull request, what only looks wrong, and the reviews that its author keeps. */
export function secretsOfReview({ id, definition, model, decoys }: Review): readonly Secret[] {
  const { issues, nonIssues } = definition;
  const planted = issues.flatMap(({ consequence, teaches }) => [consequence, teaches]);
  const tempting = nonIssues.map(({ why }) => why);
  return [
    ...statementsOf([...planted, ...tempting]).map((text) => ({ of: `what is planted in ${id}`, text })),
    ...keptAnswers(model, decoys).map((text) => ({ of: `an answer to ${id}`, text })),
  ];
}

/** The points that an answer is read for, its red flags and anchors, and the answers that its author keeps. */
export function secretsOfWriting({ id, definition, model, decoys }: Writing): readonly Secret[] {
  const { points, redFlags, dimensions } = definition;
  const told = [...points, ...redFlags].map(({ means }) => means);
  return [
    ...statementsOf([...told, ...anchorsOf(dimensions)]).map((text) => ({ of: `what ${id} is read for`, text })),
    ...keptAnswers(model, decoys).map((text) => ({ of: `an answer to ${id}`, text })),
  ];
}

/** Without headings, which are the form's. */
const keptAnswers = (model: string, decoys: ReadonlyMap<string, string>) =>
  [model, ...decoys.values()].flatMap(longLines).filter((line) => !line.startsWith('#'));
