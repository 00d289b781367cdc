import type { RubricDimension } from './rubric.ts';
import type { Level } from './scenario.ts';

/** How much an issue matters, most first. */
export const severities = ['critical', 'high', 'medium', 'low'] as const;
export type Severity = (typeof severities)[number];

/** Lines of one file as the pull request leaves it, both ends included. */
export interface Place {
  readonly file: string;
  readonly from: number;
  readonly to: number;
}

/** Something that is wrong with a pull request, put there on purpose. */
export interface PlantedIssue {
  readonly name: string;
  readonly severity: Severity;
  /** Where a comment about it may stand. */
  readonly places: readonly Place[];
  /** What happens because of it, in production. */
  readonly consequence: string;
  /** What a reviewer who teaches would make the author see. */
  readonly teaches: string;
}

/** Something that looks wrong and is not. */
export interface TemptingNonIssue {
  readonly place: Place;
  readonly why: string;
}

/** What an author writes in `review.ts`: an exercise in reviewing a pull request. */
export interface ReviewDefinition {
  readonly title: string;
  /** One line for the list. */
  readonly summary: string;
  readonly level: Level;
  readonly minutes: number;
  readonly skills: readonly string[];
  readonly issues: readonly PlantedIssue[];
  readonly nonIssues: readonly TemptingNonIssue[];
}

/** What a reviewer wrote about some lines. */
export interface ReviewComment extends Place {
  readonly severity?: Severity;
  readonly text: string;
}

export interface GradedReview {
  readonly found: readonly { readonly issue: PlantedIssue; readonly comments: readonly ReviewComment[] }[];
  readonly missed: readonly PlantedIssue[];
  /** Comments on what looks wrong and is not. */
  readonly falseAlarms: readonly { readonly comment: ReviewComment; readonly why: string }[];
  /** Comments on anything else: a person has to say what they are worth. */
  readonly others: readonly ReviewComment[];
  /** Whether the severities that were given rank the issues that were found as they should be ranked; undefined with fewer than two of them. */
  readonly rankedRight: boolean | undefined;
}

/** What of a review people have to score, whatever the pull request. */
export const reviewDimensions: readonly RubricDimension[] = [
  {
    name: 'What the comments teach',
    anchors: {
      1: 'Orders or blames; whoever reads it learns what to type and not why.',
      3: 'Says of each issue what happens in production because of it.',
      5: 'Lets the author see how they would have found it, leads to a way out, and says what is good.',
    },
  },
];

/** How a review came out, in a sentence or two. */
export function reviewInShort({ found, missed, falseAlarms, rankedRight }: GradedReview): string {
  const order =
    rankedRight === undefined
      ? 'Severities: too few were given to compare their order.'
      : `Severities: ${rankedRight ? 'nothing' : 'something'} graver stands below something lighter.`;
  return `${found.length} of ${found.length + missed.length} issues found, false alarms: ${falseAlarms.length}. ${order}`;
}

/** People comment on the line above or below; not where that line is one that only looks wrong. */
const slack = 2;

/** Holds comments against what was planted: by file and lines, never by words. What a comment teaches is for people to judge. */
export function gradeReview(
  { issues, nonIssues }: Pick<ReviewDefinition, 'issues' | 'nonIssues'>,
  comments: readonly ReviewComment[],
): GradedReview {
  const alarm = (comment: ReviewComment) => nonIssues.find(({ place }) => distance(place, comment) === 0);
  const about = comments.map((comment) => ({ comment, issue: nearest(issues, comment, alarm(comment) ? 0 : slack) }));
  const found = issues.flatMap((issue) => {
    const own = about.filter((one) => one.issue === issue).map(({ comment }) => comment);
    return own.length === 0 ? [] : [{ issue, comments: own }];
  });
  const rest = about.filter(({ issue }) => issue === undefined).map(({ comment }) => comment);
  return {
    found,
    missed: issues.filter((issue) => !found.some((one) => one.issue === issue)),
    falseAlarms: rest.flatMap((comment) => {
      const tempting = alarm(comment);
      return tempting === undefined ? [] : [{ comment, why: tempting.why }];
    }),
    others: rest.filter((comment) => alarm(comment) === undefined),
    rankedRight: rankedRight(found),
  };
}

/** The issue whose lines the comment is on, or nearest to; the graver of two as near. */
function nearest(issues: readonly PlantedIssue[], comment: ReviewComment, slack: number): PlantedIssue | undefined {
  const near = issues
    .map((issue) => ({ issue, lines: Math.min(...issue.places.map((place) => distance(place, comment))) }))
    .filter(({ lines }) => lines <= slack)
    .sort((a, b) => a.lines - b.lines || rank(a.issue.severity) - rank(b.issue.severity));
  return near[0]?.issue;
}

/** Lines between two places; 0 when they overlap, endless in different files. */
function distance(a: Place, b: Place): number {
  return a.file === b.file ? Math.max(0, a.from - b.to, b.from - a.to) : Number.POSITIVE_INFINITY;
}

const rank = (severity: Severity) => severities.indexOf(severity);

function rankedRight(found: GradedReview['found']): boolean | undefined {
  const ranked = found.flatMap(({ issue, comments }) => {
    const given = comments.flatMap(({ severity }) => (severity === undefined ? [] : [rank(severity)]));
    return given.length === 0 ? [] : [{ should: rank(issue.severity), is: Math.min(...given) }];
  });
  if (ranked.length < 2) return undefined;
  return ranked.every((a) => ranked.every((b) => a.should >= b.should || a.is <= b.is));
}
