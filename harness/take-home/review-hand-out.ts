import type { HandOut } from '../domain/hand-out.ts';
import type { Review } from '../run/reviews.ts';

/** A review as a candidate gets it: the pull request, its diff, and a form. */
export function reviewHandOut({ id, definition: { title, minutes }, change, pullRequest }: Review): HandOut {
  return {
    ...{ id, title, minutes },
    files: { 'README.md': instructions(minutes, pullRequest), 'change.diff': change, 'review.md': form },
    answers: ['review.md', 'change.diff'],
  };
}

const instructions = (minutes: number, pullRequest: string) => `# A pull request to review

A colleague asks for your review; \`change.diff\` is all that changes. Take about ${minutes} minutes. Write as to somebody whom you want to have as a colleague for long: what happens in
production because of it, and how they would have seen it. Not everything that looks wrong is.

Comment in \`review.md\`, or in \`change.diff\` itself: lines that begin with \`#\`, below the line they are about. Say how much each comment matters: critical, high, medium or low.

---

${pullRequest}`;

const form = `<!-- A comment begins with the lines it is about, as the file has them afterwards, and how much it matters:

### src/file.ts:12-14 (high)
What happens when …?

-->
`;
