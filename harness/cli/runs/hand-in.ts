import { join } from 'node:path';
import { summarise } from '../../reports/run-summary.ts';
import { findScenario } from '../../run/catalogue.ts';
import { readJournal } from '../../run/journal.ts';
import { writeSubmission } from '../../take-home/submission.ts';
import { thisTakeHome } from '../../take-home/this-take-home.ts';
import type { FoundRun } from './find-run.ts';

/** Writes what is sent back of a judged run, in a take-home; its path. Nothing elsewhere, and for a run that was not judged. */
export async function handIn({ run, directory }: FoundRun): Promise<string | undefined> {
  const takeHome = thisTakeHome();
  if (takeHome === undefined) return undefined;
  const { scenario, outcome } = summarise(readJournal(join(directory, 'events.jsonl')));
  if (outcome === undefined) return undefined;
  return writeSubmission({ run, directory, scenario: await findScenario(scenario) }, takeHome);
}
