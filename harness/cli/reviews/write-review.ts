import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { usageError } from '../../domain/errors.ts';
import type { Review } from '../../run/reviews.ts';

/** What a candidate gets of a review, as files of a new folder; returns its path. Throws `FOLDER_EXISTS`. */
export async function writeReview({ id, definition, change, pullRequest }: Review, out: string): Promise<string> {
  const folder = resolve(out);
  if (existsSync(folder))
    throw usageError('FOLDER_EXISTS', `${folder} is there already.`, `gameday review ${id} --out <another folder>`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'README.md'), instructions(definition.minutes, pullRequest));
  await writeFile(join(folder, 'change.diff'), change);
  await writeFile(join(folder, 'review.md'), form);
  return folder;
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
