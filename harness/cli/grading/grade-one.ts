import { basename, join } from 'node:path';
import { ExitCode, GamedayError } from '../../domain/errors.ts';
import type { Grade } from '../../domain/scorecard.ts';
import { grade } from '../../grading/grade.ts';
import { confinement } from '../../platform/confinement.ts';
import { formatDuration } from '../../reports/format.ts';
import type { GradeWishes } from './grade-wishes.ts';
import { writeGrade } from './write-grade.ts';

/** What became of one file. */
export interface GradedFile {
  readonly file: string;
  readonly grade: Grade;
  readonly reasons: readonly string[];
  readonly candidate?: string;
  readonly scenario?: string;
  readonly variant?: string;
  /** Points of the diagnosis, of how many. */
  readonly diagnosis?: { readonly points: number; readonly of: number };
  readonly concerns?: number;
  /** Where scorecard and report are. */
  readonly directory?: string;
}

/**
 * Grades one submission in this process and writes scorecard, JUnit and report. What is no submission is refused, which is a result. Rejects when this machine can't play at all.
 * @param say gets a line when something is finished
 */
export async function gradeOne(
  file: string,
  { out, seed, trustCandidate, allowInstruments }: GradeWishes & { readonly seed: number },
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<GradedFile> {
  const started = performance.now();
  const confined = trustCandidate ? undefined : confinement();
  try {
    const graded = await grade(file, {
      ...{ seed, signal, confinement: confined },
      isolation: confined?.summary ?? 'none: the candidate was trusted',
      ...(allowInstruments && { allowInstruments }),
      onArm: ({ arm, outcome, plays, agreeing }) =>
        say(
          `  ${arm}: ${outcome}${plays > 1 ? ` (${agreeing} of ${plays} plays)` : ''} after ${formatDuration(performance.now() - started)}`,
        ),
    });
    const { candidate, scenario, variant, grade: reached, reasons, diagnosis, concerns } = graded.scorecard;
    const directory = join(out, `${candidate}-${scenario}`);
    await writeGrade(directory, graded);
    return {
      ...{ file, grade: reached, reasons, candidate, scenario, variant, directory, concerns: concerns.length },
      ...(diagnosis && { diagnosis: { points: diagnosis.points, of: diagnosis.of } }),
    };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof GamedayError && error.code === 'SUBMISSION_REFUSED' && error.exitCode === ExitCode.usage))
      throw error;
    return { file, grade: 'refused', reasons: [error.message.replace(file, basename(file))] };
  }
}
