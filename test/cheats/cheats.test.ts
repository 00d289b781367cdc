import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GamedayError } from '../../harness/domain/errors.ts';
import { exerciseOf } from '../../harness/grading/exercise.ts';
import { gradeAnswers } from '../../harness/grading/grade-answers.ts';
import { readSubmission } from '../../harness/grading/read-submission.ts';
import { takeChanges } from '../../harness/grading/take-changes.ts';
import { removeTemporaryDirectory, temporaryDirectory } from '../../harness/platform/files.ts';
import { archiveOf } from '../support/submissions.ts';
import { asksTheNetwork, endAtOnce, seenUnderLoad } from './played.ts';
import { refusedArchives, refusedChanges } from './refused.ts';

let directory: string;
let taken = 0;
beforeAll(() => {
  directory = temporaryDirectory('cheats');
});
afterAll(() => removeTemporaryDirectory(directory));

const written = (entries: Parameters<typeof archiveOf>[0]) => {
  const file = join(directory, 'submission.tgz');
  writeFileSync(file, archiveOf(entries));
  return file;
};

async function refusalOf(work: () => unknown): Promise<string> {
  try {
    await work();
  } catch (error) {
    if (error instanceof GamedayError) return `${error.code} ${error.message}`;
    throw error;
  }
  return 'nothing';
}

describe('the corpus of cheats', () => {
  it('has at least thirty, no two alike', () => {
    const names = [...refusedArchives, ...refusedChanges, ...endAtOnce, ...seenUnderLoad, asksTheNetwork].map(
      ({ name }) => name,
    );
    expect(names.length).toBeGreaterThanOrEqual(30);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('an archive is refused with', () => {
  it.each(refusedArchives)('$name', async ({ entries, because }) => {
    const file = written(await entries());
    const asked = async () => {
      const submission = readSubmission(file);
      await exerciseOf(file, submission);
      await gradeAnswers(file, submission);
    };
    expect(await refusalOf(asked)).toMatch(because);
  });
});

describe('changes are refused with', () => {
  it.each(refusedChanges)('$name', async ({ entries, because }) => {
    const { changes } = readSubmission(written(await entries()));
    const taking = () =>
      takeChanges(
        { changes, handedOut: [] },
        { directory: join(directory, `app-${++taken}`), patch: join(directory, 'changes.patch') },
      );
    expect(await refusalOf(taking)).toMatch(because);
  });
});
