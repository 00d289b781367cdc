import { basename, join } from 'node:path';
import { ExitCode, GamedayError } from '../../domain/errors.ts';
import { grade } from '../../grading/grade.ts';
import { type Confinement, confinement, confinementInContainer } from '../../platform/confinement.ts';
import { formatDuration } from '../../reports/format.ts';
import type { GradeWishes, IsolationName } from './grade-wishes.ts';
import type { GradedFile } from './graded-file.ts';
import { writeGrade } from './write-grade.ts';

const confinements: Readonly<Record<IsolationName, () => Confinement>> = {
  container: confinementInContainer,
  namespaces: confinement,
};

/**
 * Grades one submission in this process and writes scorecard, JUnit and report. What is no submission is refused, which is a result. Rejects when this machine can't play at all.
 * @param say gets a line when something is finished
 */
export async function gradeOne(
  file: string,
  { out, seed, boxed, allowInstruments }: GradeWishes & { readonly seed: number },
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<GradedFile> {
  const started = performance.now();
  const confined = boxed && confinements[boxed]();
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
