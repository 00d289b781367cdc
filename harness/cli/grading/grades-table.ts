import { basename } from 'node:path';
import type { Grade } from '../../domain/scorecard.ts';
import { oneLine } from '../../reports/plain-text.ts';
import type { Paint } from '../terminal/paint.ts';
import { textTable } from '../terminal/table.ts';
import type { GradedFile } from './graded-file.ts';

const styles: Readonly<Record<Grade, readonly ['green' | 'red' | 'yellow', string]>> = {
  pass: ['green', '✔'],
  fail: ['red', '✘'],
  inconclusive: ['yellow', '?'],
  refused: ['red', '⛔'],
};

/** What became of each submission, one a line, then why of those that need a word, and where the reports are. */
export function gradesTable(graded: readonly GradedFile[], paint: Paint, width: number): string {
  const rows = graded.map(({ file, grade, candidate, scenario, variant, diagnosis, concerns = 0 }) => {
    const [style, sign] = styles[grade];
    return [
      paint(style, `${sign} ${grade}`),
      candidate ?? oneLine(basename(file), 40),
      scenario === undefined ? '' : `${scenario} / ${variant}`,
      diagnosis === undefined ? '' : `${diagnosis.points} of ${diagnosis.of}`,
      concerns === 0 ? '' : String(concerns),
    ];
  });
  const table = textTable(
    [
      { title: 'Grade' },
      { title: 'Candidate' },
      { title: 'Exercise' },
      { title: 'Diagnosis' },
      { title: 'To look at', align: 'right' },
    ],
    rows,
  );
  const why = graded.flatMap(({ file, candidate, reasons }) =>
    reasons.map((reason) => oneLine(`${candidate ?? basename(file)}: ${reason}`, 4 * width)),
  );
  const reports = graded.flatMap(({ directory }) => (directory === undefined ? [] : [`${directory}/report.html`]));
  return [table, ...why, ...reports].join('\n');
}
