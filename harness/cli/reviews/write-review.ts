import type { Review } from '../../run/reviews.ts';
import { writeHandOut } from '../write-hand-out.ts';

/** What a candidate gets of a review, as files of a new folder; returns its path. Throws `FOLDER_EXISTS`. */
export function writeReview({ id, definition, change, pullRequest }: Review, out: string): Promise<string> {
  return writeHandOut(out, `gameday review ${id}`, {
    'README.md': instructions(definition.minutes, pullRequest),
    'change.diff': change,
    'review.md': form,
  });
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
