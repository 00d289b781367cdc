import { type GradedReview, reviewInShort } from './review.ts';
import { type GradedWriting, writingInShort } from './writing.ts';

/** One thing that an answer was read for, or that stands in it. */
export interface AnswerFinding {
  readonly outcome: 'found' | 'missed' | 'false alarm' | 'red flag' | 'to be judged';
  readonly what: string;
  /** What it means, for whoever reads the answer. */
  readonly means: string;
  /** The words of the answer; empty for what is not in it. */
  readonly said: string;
}

/** What came back of an exercise that is answered in files. */
export interface GradedAnswer {
  readonly exercise: string;
  readonly title: string;
  readonly inShort: string;
  readonly findings: readonly AnswerFinding[];
}

/** What a review found, missed and took for wrong. */
export function answerOfReview(exercise: string, title: string, graded: GradedReview): GradedAnswer {
  const { found, missed, falseAlarms, others } = graded;
  const at = ({ file, from }: GradedReview['others'][number]) => `${file}:${from}`;
  return {
    ...{ exercise, title, inShort: reviewInShort(graded) },
    findings: [
      ...found.map(({ issue, comments }) => ({
        outcome: 'found' as const,
        what: `${issue.name} (${issue.severity})`,
        means: issue.consequence,
        said: comments.map(({ severity, text }) => (severity ? `${severity}: ${text}` : text)).join(' / '),
      })),
      ...missed.map(({ name, severity, consequence }) => ({
        outcome: 'missed' as const,
        what: `${name} (${severity})`,
        means: consequence,
        said: '',
      })),
      ...falseAlarms.map(({ comment, why }) => ({
        outcome: 'false alarm' as const,
        what: at(comment),
        means: why,
        said: comment.text,
      })),
      ...others.map((comment) => ({
        outcome: 'to be judged' as const,
        what: at(comment),
        means: 'Nothing was planted here.',
        said: comment.text,
      })),
    ],
  };
}

/** Which points an answer makes, which it does not, and its red flags. */
export function answerOfWriting(exercise: string, title: string, graded: GradedWriting): GradedAnswer {
  return {
    ...{ exercise, title, inShort: writingInShort(graded) },
    findings: [
      ...graded.said.map(({ point: { name, means }, where }) => ({
        outcome: 'found' as const,
        what: name,
        means,
        said: where,
      })),
      ...graded.unsaid.map(({ name, depth, means }) => ({
        outcome: 'missed' as const,
        what: `${name} (${depth})`,
        means,
        said: '',
      })),
      ...graded.redFlags.map(({ flag: { name, means }, where }) => ({
        outcome: 'red flag' as const,
        what: name,
        means,
        said: where,
      })),
    ],
  };
}
