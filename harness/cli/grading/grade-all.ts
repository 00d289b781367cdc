import { randomInt } from 'node:crypto';
import { resolve } from 'node:path';
import { ExitCode, environmentError } from '../../domain/errors.ts';
import type { Grade } from '../../domain/scorecard.ts';
import { whyNotBoxed } from '../../platform/box.ts';
import { whyNotConfined } from '../../platform/confinement.ts';
import { interruption } from '../../platform/signals.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { gradeBoxed } from './grade-boxed.ts';
import { type GradedFile, gradeOne } from './grade-one.ts';
import type { GradeWishes } from './grade-wishes.ts';
import { gradesTable } from './grades-table.ts';

/** Larger ones are hard to type again. */
const seeds = 1_000_000;

/**
 * Grades submissions one after the other and writes each one's scorecard and report as soon as it is there. Throws `ISOLATION_MISSING` where strangers' code can't be confined and
 * is not trusted.
 */
export async function gradeAll(files: readonly string[], wishes: GradeWishes, terminal: Terminal): Promise<ExitCode> {
  const { boxed, trustCandidate } = wishes;
  const whyNot = trustCandidate || boxed ? undefined : (whyNotConfined() ?? whyNotBoxed());
  if (whyNot !== undefined)
    throw environmentError(
      'ISOLATION_MISSING',
      `What a stranger wrote can't be kept away from this machine: ${whyNot}.`,
      'Grade as root on Linux, or, if you have read every line of it: gameday grade --trust-candidate',
    );
  if (trustCandidate)
    terminal.err(
      terminal.errPaint(
        'yellow',
        '! The candidate’s code runs with all that you may do here: your files, your network.',
      ),
    );
  const signal = interruption();
  const graded: GradedFile[] = [];
  for (const file of files) {
    if (!boxed) terminal.err(terminal.errPaint('bold', file));
    const each = { ...wishes, out: resolve(wishes.out), seed: wishes.seed ?? randomInt(seeds) };
    const gradeHow = boxed || trustCandidate ? gradeOne : gradeBoxed;
    try {
      graded.push(await gradeHow(resolve(file), each, (line) => terminal.err(line), signal));
    } catch (error) {
      throw signal.aborted ? signal.reason : error;
    }
  }
  if (terminal.json) terminal.outJson(graded);
  else terminal.out(gradesTable(graded, terminal.paint, terminal.width));
  // The worst of them, in this order.
  const worst = order.find((grade) => graded.some((one) => one.grade === grade)) ?? 'pass';
  return exitCodes[worst];
}

const order: readonly Grade[] = ['refused', 'inconclusive', 'fail', 'pass'];
const exitCodes: Readonly<Record<Grade, ExitCode>> = {
  refused: ExitCode.usage,
  inconclusive: ExitCode.environment,
  fail: ExitCode.objectivesNotMet,
  pass: ExitCode.ok,
};
