import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Curve } from '../../domain/curve.ts';
import { parseDiagnosis } from '../../domain/diagnosis.ts';
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

/** The draft of a post-mortem, with what the diagnosis of the run says already. */
export function postMortemOf({ run, title, directory, events }: RunRecord): string {
  const file = join(directory, 'diagnosis.md');
  const diagnosis = existsSync(file) ? parseDiagnosis(readFileSync(file, 'utf8')) : undefined;
  return renderPostMortem({ run, events, ...(title !== undefined && { title }), ...(diagnosis && { diagnosis }) });
}

/** Writes `report.md` and a `post-mortem.md` to be finished by people into the run's directory. */
export function writeReports(record: RunRecord): ReportFiles {
  const { directory } = record;
  const files = { report: join(directory, 'report.md'), postMortem: join(directory, 'post-mortem.md') };
  writeFileAtomic(files.report, reportOf(record));
  writeFileAtomic(files.postMortem, postMortemOf(record));
  return files;
}
