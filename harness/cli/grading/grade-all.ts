import { randomInt } from 'node:crypto';
import { resolve } from 'node:path';
import { ExitCode } from '../../domain/errors.ts';
import type { Grade } from '../../domain/scorecard.ts';
import { interruption } from '../../platform/signals.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { chooseIsolation } from './choose-isolation.ts';
import { gradeOnQueue } from './grade-on-queue.ts';
import { gradeOne } from './grade-one.ts';
import type { GradeWishes } from './grade-wishes.ts';
import type { GradedFile } from './graded-file.ts';
import { gradesTable } from './grades-table.ts';
import { seeds } from './seeds.ts';

/**
 * Grades submissions, here one after the other or by whoever takes them from a queue, and writes each one's scorecard and report as soon as it is there. Throws
 * `ISOLATION_MISSING` where strangers' code can't be confined and is not trusted.
 */
export async function gradeAll(files: readonly string[], wishes: GradeWishes, terminal: Terminal): Promise<ExitCode> {
  const signal = interruption();
  const { queue } = wishes;
  const say = (line: string) => terminal.err(line);
  try {
    const graded =
      queue === undefined
        ? await gradeHere(files, wishes, terminal, signal)
        : await gradeOnQueue(files, { ...wishes, queue }, say, signal);
    if (terminal.json) terminal.outJson(graded);
    else terminal.out(gradesTable(graded, terminal.paint, terminal.width));
    return exitCodeOf(graded);
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  }
}

async function gradeHere(
  files: readonly string[],
  wishes: GradeWishes,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<readonly GradedFile[]> {
  const { boxed, out, seed } = wishes;
  const gradeFile = boxed ? gradeOne : await chooseIsolation(wishes, terminal, signal);
  const graded: GradedFile[] = [];
  for (const file of files) {
    if (!boxed) terminal.err(terminal.errPaint('bold', file));
    const each = { ...wishes, out: resolve(out), seed: seed ?? randomInt(seeds) };
    graded.push(await gradeFile(resolve(file), each, (line) => terminal.err(line), signal));
  }
  return graded;
}

/** Of the worst of them, in this order. */
const order: readonly Grade[] = ['refused', 'inconclusive', 'fail', 'pass'];
const exitCodes: Readonly<Record<Grade, ExitCode>> = {
  refused: ExitCode.usage,
  inconclusive: ExitCode.environment,
  fail: ExitCode.objectivesNotMet,
  pass: ExitCode.ok,
};

const exitCodeOf = (graded: readonly GradedFile[]): ExitCode =>
  exitCodes[order.find((grade) => graded.some((one) => one.grade === grade)) ?? 'pass'];
