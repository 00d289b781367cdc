import type { RubricDimension } from './rubric.ts';
import type { Scorecard } from './scorecard.ts';
import { withoutComments } from './without-comments.ts';

/** What one reviewer thinks of one dimension, and where it shows. */
export interface CardEntry {
  readonly dimension: string;
  /** 1 to 5. */
  readonly score: number;
  readonly evidence: string;
}

/** A reviewer's card as far as it is filled in. */
export interface ReviewCard {
  readonly reviewer: string;
  readonly entries: readonly CardEntry[];
  /** Dimensions without a score from 1 to 5, or without evidence. */
  readonly missing: readonly string[];
}

/** Where reviewers are so far apart that they should talk about it. */
export interface Disagreement {
  readonly dimension: string;
  readonly entries: readonly (CardEntry & { readonly reviewer: string })[];
}

/** Scores this far apart are talked about. */
const farApart = 2;

/** The form that a reviewer fills in alone: the facts to look for, and every dimension with what a 1, a 3 and a 5 look like. Markdown. */
export function reviewCardForm({ candidate, title, facts, human }: Scorecard, reviewer: string): string {
  const dimensions = human.map(
    ({ name, anchors }) =>
      `## ${name}\n\n<!--\n1: ${anchors[1]}\n3: ${anchors[3]}\n5: ${anchors[5]}\n-->\n\nScore:\n\nEvidence:\n`,
  );
  return [
    `# Review card: ${candidate}, ${title}\n`,
    `Reviewer: ${reviewer}\n`,
    '<!--\nFill it in alone, and before you talk about it. A score is 1 to 5; the evidence says where it shows: a sentence of the diagnosis, a line of the change, a time of the\njournal. Without evidence a score does not count.\n-->\n',
    `What a diagnosis at the level of the mechanism states; mark what this one does:\n\n${facts.map((fact) => `- [ ] ${fact}`).join('\n')}\n`,
    ...dimensions,
  ].join('\n');
}

/** Reads a card that a reviewer has filled in, as far as it is. */
export function parseReviewCard(
  markdown: string,
  reviewer: string,
  dimensions: readonly RubricDimension[],
): ReviewCard {
  const parts = withoutComments(markdown).split(/^## +/m);
  const found = dimensions.map(({ name }): CardEntry | string => {
    const part = parts.find((each) => each.split('\n', 1)[0]?.trim() === name) ?? '';
    const score = /^Score:\s*([1-5])\s*$/m.exec(part)?.[1];
    const evidence = /^Evidence:([\s\S]*)/m.exec(part)?.[1]?.trim() ?? '';
    return score === undefined || evidence === '' ? name : { dimension: name, score: Number(score), evidence };
  });
  return {
    reviewer,
    entries: found.filter((entry) => typeof entry !== 'string'),
    missing: found.filter((entry) => typeof entry === 'string'),
  };
}

/** The dimensions in which reviewers lie two points or more apart: for the debrief. */
export function disagreementsOf(cards: readonly ReviewCard[]): readonly Disagreement[] {
  const all = cards.flatMap(({ reviewer, entries }) => entries.map((entry) => ({ ...entry, reviewer })));
  const dimensions = [...new Set(all.map(({ dimension }) => dimension))];
  return dimensions.flatMap((dimension) => {
    const entries = all.filter((entry) => entry.dimension === dimension);
    const scores = entries.map(({ score }) => score);
    return Math.max(...scores) - Math.min(...scores) >= farApart ? [{ dimension, entries }] : [];
  });
}
