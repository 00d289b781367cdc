import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GradingAnswer, GradingJob } from '../../grading/grading-queue.ts';
import { serveGradings } from '../../grading/serve-gradings.ts';
import { cacheDirectory, removeTemporaryDirectory, temporaryDirectory } from '../../platform/files.ts';
import { withLock } from '../../platform/lock.ts';
import { interruption } from '../../platform/signals.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { chooseIsolation } from './choose-isolation.ts';
import type { GradeWishes } from './grade-wishes.ts';
import { gradedFiles } from './graded-files.ts';
import type { GradeFile } from './isolation.ts';

/**
 * Grades what is on the queue until it is interrupted. One grader at a time on a machine: two would take each other's processor, and a second one waits. Throws `ISOLATION_MISSING`,
 * `QUEUE_UNREACHABLE`.
 */
export async function runGrader(
  { queue, ...wishes }: Pick<GradeWishes, 'isolation' | 'trustCandidate'> & { readonly queue: string },
  terminal: Terminal,
): Promise<void> {
  const signal = interruption();
  const gradeFile = await chooseIsolation(wishes, terminal, signal);
  const say = (line: string) => terminal.err(line);
  const waiting = () => say('Another grader is at work on this machine: waiting until it ends.');
  const serve = async () => {
    say('Waiting for submissions. Ctrl-C ends it; what is being graded then goes back to the queue.');
    await serveGradings(queue, (job, tell) => gradeJob(job, gradeFile, tell, signal), say, { signal });
  };
  await withLock(join(cacheDirectory(), 'grader.lock'), waiting, serve, signal);
}

async function gradeJob(
  { name, archive, seed, allowInstruments }: GradingJob,
  gradeFile: GradeFile,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<GradingAnswer> {
  const scratch = temporaryDirectory('grader');
  try {
    const file = join(scratch, name.replaceAll(/[^\w.-]/g, '_'));
    writeFileSync(file, Buffer.from(archive, 'base64'));
    const wishes = {
      ...{ out: join(scratch, 'grades'), seed },
      ...(allowInstruments && { allowInstruments: true as const }),
    };
    const graded = await gradeFile(file, wishes, say, signal);
    const { directory } = graded;
    const written = directory === undefined ? [] : gradedFiles.filter((each) => existsSync(join(directory, each)));
    return {
      graded,
      files: Object.fromEntries(written.map((each) => [each, readFileSync(join(directory!, each), 'utf8')])),
    };
  } finally {
    removeTemporaryDirectory(scratch);
  }
}
