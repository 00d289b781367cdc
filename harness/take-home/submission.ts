import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { usageError } from '../domain/errors.ts';
import { handOutsFolder } from '../domain/hand-out.ts';
import type { Scenario } from '../domain/scenario.ts';
import type { TakeHome } from '../domain/take-home.ts';
import { projectRoot } from '../platform/files.ts';
import { recordedPlans } from '../run/recorded-plans.ts';
import { findHandedOut } from '../run/scenario-files.ts';
import { changesOf } from './changes.ts';
import { type PackedFiles, readFiles } from './packed-files.ts';
import { redact } from './redact.ts';
import { answerFile, changesFile, plansFile, sentAlong, submissionFile, submissionFolder } from './submitted-files.ts';
import { takeHomeFile } from './this-take-home.ts';
import { writeArchive } from './write-archive.ts';

/**
 * Writes what a candidate sends back for one run: the changes of the workspace, the diagnosis, the answers to what was to be answered in files, the journal and what was measured, without what is private of the machine.
 * Returns the path of the archive. Throws `SUBMISSION_EMPTY` when there is no workspace any more.
 */
export async function writeSubmission(
  { run, directory, scenario }: { readonly run: string; readonly directory: string; readonly scenario: Scenario },
  takeHome: TakeHome,
): Promise<string> {
  const workspace = join(directory, 'workspace');
  if (!existsSync(workspace))
    throw usageError('SUBMISSION_EMPTY', `${workspace} is not there any more.`, 'Play again and submit: npm start');
  const present = sentAlong.filter((name) => existsSync(join(directory, name)));
  const texts = await readFiles(directory, present);
  const files: PackedFiles = new Map([
    ...[...texts].map(([name, text]) => [name, redact(text)] as const),
    ...(await answersTo(takeHome)),
    [plansFile, redact(JSON.stringify(await recordedPlans(directory)))],
    [changesFile, await changesOf(workspace, findHandedOut(scenario))],
    [takeHomeFile, `${JSON.stringify({ ...takeHome, run, scenario: scenario.id }, null, 2)}\n`],
  ]);
  const archive = join(directory, submissionFile);
  await writeArchive(files, submissionFolder, archive);
  return archive;
}

/** What stands in the files for answers, as far as they are still there. */
async function answersTo({ handOuts }: TakeHome): Promise<PackedFiles> {
  const answers = handOuts.map(async ({ id, answers }) => {
    const folder = join(projectRoot, handOutsFolder, id);
    const texts = await readFiles(
      folder,
      answers.filter((name) => existsSync(join(folder, name))),
    );
    return [...texts].map(([name, text]) => [answerFile(id, name), redact(text)] as const);
  });
  return new Map((await Promise.all(answers)).flat());
}
