import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { usageError } from '../../domain/errors.ts';
import { writeFileAtomic } from '../../platform/files.ts';
import { markdownPage } from '../../reports/markdown-page.ts';
import { rollOutHarm } from '../../reports/roll-out-harm.ts';
import { summarise } from '../../reports/run-summary.ts';
import { readJournal } from '../../run/journal.ts';
import { targetFile } from '../target-file.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { curveOf } from './curve-of.ts';
import { findRun } from './find-run.ts';
import { postMortemOf, reportOf } from './run-reports.ts';
import { titleOf } from './title-of.ts';

/** How a report is wanted, as the options of `gameday report` say. */
export interface ReportWishes {
  readonly postMortem?: true;
  readonly format: 'markdown' | 'html' | 'pdf';
  readonly out?: string;
}

/** A report where it belongs, before it has a form. */
interface Told {
  readonly directory: string;
  /** The name of a file for it, without its extension. */
  readonly name: string;
  readonly markdown?: string;
  readonly page: string;
}

/** Prints the report of a run or of a graded submission, or writes it. Throws what finding it throws, `FORMAT_MISSING`, and what printing a PDF throws. */
export async function showReport(name: string | undefined, wishes: ReportWishes, terminal: Terminal): Promise<void> {
  const { format, out } = wishes;
  const graded = name !== undefined && existsSync(join(name, 'scorecard.json'));
  if (terminal.json) {
    terminal.outJson(graded ? JSON.parse(readFileSync(join(name, 'scorecard.json'), 'utf8')) : await dataOf(name));
    return;
  }
  const { markdown, page, directory, name: file } = graded ? toldOfGrade(name) : await toldOfRun(name, wishes);
  if (format === 'pdf') {
    const { printPdf } = await import('../../platform/print-pdf.ts');
    const target = targetFile(out ?? directory, `${file}.pdf`);
    await printPdf(page, target);
    terminal.out(target);
    return;
  }
  const text = format === 'html' ? page : markdown;
  if (text === undefined)
    throw usageError('FORMAT_MISSING', 'The report of a grade is a page.', `gameday report ${name} --format html`);
  if (out === undefined) terminal.out(text.trimEnd());
  else {
    const target = targetFile(out, `${file}.${format === 'html' ? 'html' : 'md'}`);
    writeFileAtomic(target, text);
    terminal.out(target);
  }
}

async function toldOfRun(asked: string | undefined, { postMortem, format }: ReportWishes): Promise<Told> {
  const { run, directory } = findRun(asked);
  const events = readJournal(join(directory, 'events.jsonl'));
  const { scenario } = summarise(events);
  const [title, curve] = await Promise.all([titleOf(scenario), curveOf(scenario)]);
  const record = { run, title, directory, events };
  const markdown = postMortem ? postMortemOf(record) : reportOf({ ...record, ...(curve && { curve }) });
  const page = format === 'markdown' ? '' : markdownPage(title, markdown);
  return { directory, name: postMortem ? 'post-mortem' : 'report', markdown, page };
}

function toldOfGrade(folder: string): Told {
  const page = readFileSync(join(folder, 'report.html'), 'utf8');
  return { directory: resolve(folder), name: 'report', page };
}

async function dataOf(asked: string | undefined): Promise<object> {
  const { run, directory } = findRun(asked);
  const events = readJournal(join(directory, 'events.jsonl'));
  const summary = summarise(events);
  return { run, title: await titleOf(summary.scenario), directory, summary, rollOut: rollOutHarm(events), events };
}
