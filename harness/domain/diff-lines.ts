/** A line of a unified diff, and where it stands in the file as the change leaves it. */
export interface DiffLine {
  readonly text: string;
  /** The file that the diff is about at this point; undefined before the first. */
  readonly file: string | undefined;
  /** The number of the line in that file, of one that is there afterwards; of any other the number of the last one before it, 0 when there is none. */
  readonly line: number;
  /** Whether it is there afterwards: added, or shown around what changes. */
  readonly stays: boolean;
}

const newFile = /^\+\+\+ (?:b\/)?(\S+)/;
const hunk = /^@@ -\d+(?:,\d+)? \+(\d+)/;

/** The lines of a unified diff in order, also those that somebody wrote in between. */
export function* diffLines(diff: string): Generator<DiffLine> {
  let file: string | undefined;
  let line = 0;
  for (const text of diff.split('\n')) {
    const named = newFile.exec(text)?.[1];
    const start = hunk.exec(text)?.[1];
    const stays = named === undefined && file !== undefined && /^[+ ]/.test(text);
    if (named !== undefined) file = named;
    if (start !== undefined) line = Number(start) - 1;
    if (stays) line += 1;
    yield { text, file, line, stays };
  }
}
