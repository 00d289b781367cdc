import { chmod } from 'node:fs/promises';
import { boxed } from '../../platform/box.ts';
import { removeTemporaryDirectory, temporaryDirectory } from '../../platform/files.ts';
import { runGameday } from '../gameday-process.ts';
import type { GradedFile } from './grade-one.ts';
import type { GradeWishes } from './grade-wishes.ts';

/**
 * Grades one submission as `gradeOne` does, in a box of its own: nothing of it reaches the network or another process, and nothing stays. Rejects with `GRADING_ENDED` when it ends
 * without a result, and with the signal's reason on abort.
 */
export async function gradeBoxed(
  file: string,
  { out, seed, allowInstruments }: GradeWishes & { readonly seed: number },
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<GradedFile> {
  // What is in the box is killed with it, what it wrote is not.
  const temporary = temporaryDirectory('box');
  await chmod(temporary, 0o711);
  const options = ['--boxed', '--no-input', '--out', out, '--seed', String(seed)];
  const cache = process.env.GAMEDAY_CACHE;
  try {
    const grading = {
      name: `the grading of ${file}`,
      args: ['grade', file, ...options, ...(allowInstruments ? ['--allow-instruments'] : [])],
      env: { TMPDIR: temporary, ...(cache && { GAMEDAY_CACHE: cache }) },
      within: boxed,
      failure: { code: 'GRADING_ENDED' },
      onLine: say,
    };
    return await runGameday(grading, signal);
  } finally {
    removeTemporaryDirectory(temporary);
  }
}
