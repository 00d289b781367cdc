import type { JournalEvent } from '../../domain/journal.ts';
import { formatCost, formatDuration } from '../../reports/format.ts';
import { incidentTimes } from '../../reports/incident-times.ts';
import { summarise } from '../../reports/run-summary.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { judgementTable, paintOutcome } from './judgement-table.ts';
import type { ReportFiles } from './run-reports.ts';

export interface FinishedRun {
  readonly run: string;
  readonly title: string;
  readonly events: readonly JournalEvent[];
  readonly files: ReportFiles;
  /** What is sent back, in a take-home. */
  readonly submission?: string;
}

/** Says how a run came out: verdict, times, where the reports are. */
export function printSummary({ run, title, events, files, submission }: FinishedRun, terminal: Terminal): void {
  const summary = summarise(events);
  const times = incidentTimes(events);
  if (terminal.json) {
    terminal.outJson({ run, title, ...summary, times, files, submission });
    return;
  }
  const { paint } = terminal;
  const { outcome, objectivesMet, results, reasons, deploys, hints, hintPoints, endedBecause } = summary;
  terminal.out(paint('bold', title));
  if (outcome === undefined) {
    const met = objectivesMet === undefined ? 'never judged' : objectivesMet ? 'met' : 'not met';
    terminal.out(`Not submitted (${endedBecause ?? 'cut off'}). Objectives when last judged: ${met}.`);
  } else {
    terminal.out(`Verdict: ${paintOutcome(outcome, paint)}`);
    for (const reason of reasons) terminal.out(`  because ${reason}`);
    if (results.length > 0) terminal.out(`\n${judgementTable(results, paint, terminal.width)}`);
  }
  const took = [
    ['detect', times.detectMs],
    ['mitigate', times.mitigateMs],
    ['resolve', times.resolveMs],
  ].flatMap(([name, ms]) => (typeof ms === 'number' ? [`${name} ${formatDuration(ms)}`] : []));
  terminal.out(
    `\nDeploys: ${deploys}   Hints: ${hints}${formatCost(hintPoints)}${took.length > 0 ? `   Time to ${took.join(', ')}` : ''}`,
  );
  terminal.out(`Report:      ${files.report}\nPost-mortem: ${files.postMortem}`);
  if (submission !== undefined) terminal.out(`Send back:   ${submission}`);
}
