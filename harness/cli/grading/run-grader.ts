import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GradingAnswer, GradingJob } from '../../grading/grading-queue.ts';
import { serveGradings } from '../../grading/serve-gradings.ts';
import { cacheDirectory, removeTemporaryDirectory, temporaryDirectory } from '../../platform/files.ts';
import { withLock } from '../../platform/lock.ts';
import { interruption } from '../../platform/signals.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { assertIsolation } from './assert-isolation.ts';
import { gradeBoxed } from './grade-boxed.ts';
import { gradedFiles } from './grade-on-queue.ts';
import { gradeOne } from './grade-one.ts';

/**
 * Grades what is on the queue until it is interrupted. One grader at a time on a machine: two would take each other's processor, and a second one waits. Throws `ISOLATION_MISSING`,
 * `QUEUE_UNREACHABLE`.
 */
export async function runGrader(
  { queue, trustCandidate }: { readonly queue: string; readonly trustCandidate?: true },
  terminal: Terminal,
): Promise<void> {
  assertIsolation(trustCandidate, terminal);
  const signal = interruption();
  const say = (line: string) => terminal.err(line);
  const waiting = () => say('Another grader is at work on this machine: waiting until it ends.');
  const serve = async () => {
    say('Waiting for submissions. Ctrl-C ends it; what is being graded then goes back to the queue.');
    await serveGradings(queue, (job, tell) => gradeJob(job, trustCandidate, tell, signal), say, { signal });
  };
  await withLock(join(cacheDirectory(), 'grader.lock'), waiting, serve, signal);
}

async function gradeJob(
  { name, archive, seed, allowInstruments }: GradingJob,
  trustCandidate: true | undefined,
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
      ...(trustCandidate && { trustCandidate }),
    };
    const graded = await (trustCandidate ? gradeOne : gradeBoxed)(file, wishes, say, signal);
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
