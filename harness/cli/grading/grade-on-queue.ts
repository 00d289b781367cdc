import { randomInt } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { usageError } from '../../domain/errors.ts';
import { type GradingJob, gradingId } from '../../grading/grading-queue.ts';
import { sendGradings } from '../../grading/send-gradings.ts';
import { writeFileAtomic } from '../../platform/files.ts';
import type { GradeWishes } from './grade-wishes.ts';
import type { GradedFile } from './graded-file.ts';
import { gradedFiles } from './graded-files.ts';
import { seeds } from './seeds.ts';

/**
 * Has submissions graded by whoever takes them from the queue, and writes each one's folder as soon as it is there. Throws what sending them throws, and `SUBMISSION_UNREADABLE`.
 */
export async function gradeOnQueue(
  files: readonly string[],
  { out, seed, allowInstruments, queue }: GradeWishes & { readonly queue: string },
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<readonly GradedFile[]> {
  const jobs = new Map<string, GradingJob>();
  const names = new Map<string, string>();
  for (const file of files) {
    const archive = read(file);
    const id = gradingId(archive, seed, allowInstruments ?? false);
    jobs.set(id, {
      name: basename(file),
      archive: archive.toString('base64'),
      seed: seed ?? randomInt(seeds),
      allowInstruments: allowInstruments ?? false,
    });
    names.set(id, file);
  }
  const graded = new Map<string, GradedFile>();
  await sendGradings(
    queue,
    jobs,
    {
      say,
      async onAnswer(id, { graded: answer, files: written }) {
        const one = { ...(answer as GradedFile), file: names.get(id)! };
        const directory = join(resolve(out), `${one.candidate}-${one.scenario}`);
        if (Object.keys(written).length > 0) mkdirSync(directory, { recursive: true });
        // Names that no grader of ours gives are not written.
        for (const name of gradedFiles)
          if (written[name] !== undefined) writeFileAtomic(join(directory, name), written[name]);
        graded.set(id, one.directory === undefined ? one : { ...one, directory });
        say(`${basename(one.file)}: ${one.grade} (${graded.size} of ${jobs.size})`);
      },
    },
    signal,
  );
  return [...jobs.keys()].map((id) => graded.get(id)!);
}

function read(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw usageError(
      'SUBMISSION_UNREADABLE',
      `${file} can't be read: ${(error as NodeJS.ErrnoException).code}.`,
      'gameday grade submission.tgz --queue redis://host:6379',
    );
  }
}
