import { join } from 'node:path';
import type { Curve } from '../../domain/curve.ts';
import type { JournalEvent } from '../../domain/journal.ts';
import { writeFileAtomic } from '../../platform/files.ts';
import { renderPostMortem } from '../../reports/post-mortem.ts';
import { renderReport } from '../../reports/report.ts';
import { recordedEvidence } from '../../run/recorded-facts.ts';

export interface RunRecord {
  readonly run: string;
  readonly title?: string;
  readonly curve?: Curve;
  readonly directory: string;
  readonly events: readonly JournalEvent[];
}

/** Where the reports of a run are. */
export interface ReportFiles {
  readonly report: string;
  readonly postMortem: string;
}

/** The report of a run with whatever evidence it kept. */
export function reportOf({ directory, ...record }: RunRecord): string {
  const hold = recordedEvidence(directory);
  return renderReport({ ...record, ...(hold !== undefined && { hold }) });
}

/** Writes `report.md` and a `post-mortem.md` to be finished by people into the run's directory. */
export function writeReports(record: RunRecord): ReportFiles {
  const { run, title, directory, events } = record;
  const files = { report: join(directory, 'report.md'), postMortem: join(directory, 'post-mortem.md') };
  writeFileAtomic(files.report, reportOf(record));
  writeFileAtomic(files.postMortem, renderPostMortem({ run, events, ...(title !== undefined && { title }) }));
  return files;
}
