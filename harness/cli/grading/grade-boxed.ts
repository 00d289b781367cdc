import { chmod } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { ExitCode, environmentError } from '../../domain/errors.ts';
import { boxed } from '../../platform/box.ts';
import { removeTemporaryDirectory, temporaryDirectory } from '../../platform/files.ts';
import { startProcess } from '../../platform/processes.ts';
import type { GradedFile } from './grade-one.ts';
import type { GradeWishes } from './grade-wishes.ts';

const gameday = fileURLToPath(new URL('../gameday.mjs', import.meta.url));
/** To take a sandbox down, milliseconds. */
const graceMs = 15_000;

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
  const json: string[] = [];
  const options = ['--boxed', '--json', '--no-input', '--out', out, '--seed', String(seed)];
  const inside = {
    command: process.execPath,
    args: [gameday, 'grade', file, ...options, ...(allowInstruments ? ['--allow-instruments'] : [])],
  };
  const grading = startProcess({
    name: `the grading of ${file}`,
    ...boxed(inside),
    env: { TMPDIR: temporary, ...(process.env.GAMEDAY_CACHE && { GAMEDAY_CACHE: process.env.GAMEDAY_CACHE }) },
    onLine: (line, stream) => (stream === 'stdout' ? json.push(line) : say(line)),
  });
  const stop = () => void grading.stop({ graceMs });
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  const exit = await grading.exited;
  signal.removeEventListener('abort', stop);
  removeTemporaryDirectory(temporary);
  signal.throwIfAborted();
  try {
    if (exit.code === ExitCode.internal) throw new Error(exit.signal ?? `code ${exit.code}`);
    const [graded] = JSON.parse(json.join('\n')) as readonly GradedFile[];
    return graded!;
  } catch {
    const last = grading.tail().trim().split('\n').slice(-4).join('\n');
    throw environmentError('GRADING_ENDED', `The grading of ${file} ended without a result:\n${last}`);
  }
}
