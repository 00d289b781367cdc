import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Graded } from '../../grading/grade.ts';
import { writeFileAtomic } from '../../platform/files.ts';
import { renderGraded } from '../../reports/graded-html.ts';
import { renderGradedJUnit } from '../../reports/graded-junit.ts';

/** Writes `scorecard.json`, `junit.xml` and `report.html` of a graded submission into `directory`. */
export async function writeGrade(
  directory: string,
  { scorecard, submission, evidence, events }: Graded,
): Promise<void> {
  await mkdir(directory, { recursive: true });
  const { diagnosis, changes } = submission;
  const report = renderGraded({ scorecard, evidence, events, diagnosis, changes });
  writeFileAtomic(join(directory, 'report.html'), report);
  writeFileAtomic(join(directory, 'junit.xml'), renderGradedJUnit(scorecard));
  writeFileAtomic(join(directory, 'scorecard.json'), `${JSON.stringify(scorecard, null, 2)}\n`);
}
