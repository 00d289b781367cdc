import { type GradedReview, type PlantedIssue, type ReviewComment, reviewInShort } from './review.ts';
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
  const planted = ({ name, severity }: PlantedIssue) => `${name} (${severity})`;
  const at = ({ file, from }: ReviewComment) => `${file}:${from}`;
  const written = ({ severity, text }: ReviewComment) => (severity ? `${severity}: ${text}` : text);
  return {
    ...{ exercise, title, inShort: reviewInShort(graded) },
    findings: [
      ...found.map(({ issue, comments }) =>
        finding('found', planted(issue), issue.consequence, comments.map(written).join(' / ')),
      ),
      ...missed.map((issue) => finding('missed', planted(issue), issue.consequence)),
      ...falseAlarms.map(({ comment, why }) => finding('false alarm', at(comment), why, comment.text)),
      ...others.map((comment) => finding('to be judged', at(comment), 'Nothing was planted here.', comment.text)),
    ],
  };
}

/** Which points an answer makes, which it does not, and its red flags. */
export function answerOfWriting(exercise: string, title: string, graded: GradedWriting): GradedAnswer {
  const { said, unsaid, redFlags } = graded;
  return {
    ...{ exercise, title, inShort: writingInShort(graded) },
    findings: [
      ...said.map(({ point, where }) => finding('found', point.name, point.means, where)),
      ...unsaid.map(({ name, depth, means }) => finding('missed', `${name} (${depth})`, means)),
      ...redFlags.map(({ flag, where }) => finding('red flag', flag.name, flag.means, where)),
    ],
  };
}

function finding(outcome: AnswerFinding['outcome'], what: string, means: string, said = ''): AnswerFinding {
  return { outcome, what, means, said };
}
