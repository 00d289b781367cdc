import { join } from 'node:path';
import { diagnosisForm } from '../../domain/diagnosis.ts';
import { writeFileAtomic } from '../../platform/files.ts';
import { summarise } from '../../reports/run-summary.ts';
import { readJournal } from '../../run/journal.ts';
import { titleOf } from '../runs/title-of.ts';
import { citing } from './citing.ts';

/** Writes the empty form of a run's diagnosis. */
export async function writeForm(directory: string, file: string): Promise<void> {
  const { scenario } = summarise(readJournal(join(directory, 'events.jsonl')));
  writeFileAtomic(file, diagnosisForm((await titleOf(scenario)) ?? scenario, citing));
}
