import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Scenario } from '../domain/scenario.ts';
import { invalid } from './catalogue.ts';

/** The patches of a scenario: the reference solution, other accepted fixes and the decoys, as absolute paths. */
export interface ScenarioPatches {
  /** What the workspace has and the app that runs does not: a change that is finished and not yet deployed. None or one; all other patches come on top. */
  readonly handedOut: readonly string[];
  readonly solution: string;
  /** The same repair for an app that has the solutions of all scenarios before this one; `solution` itself where they don't touch the same lines. */
  readonly together: string;
  readonly accepted: readonly Accepted[];
  readonly decoys: readonly Decoy[];
}

interface Accepted {
  readonly name: string;
  readonly file: string;
}

interface Decoy extends Accepted {
  /** The check that must catch it, from the patch's header line `Caught-by:`. */
  readonly caughtBy: string;
}

/** The change that a workspace of this scenario begins with, undeployed: the path of one patch, or nothing. */
export function findHandedOut({ folder }: Pick<Scenario, 'folder'>): readonly string[] {
  return [join(folder, 'handed-out.patch')].filter((file) => existsSync(file));
}

/** Whether a scenario has a reference solution; one that is still being written has none. */
export function hasSolution({ folder }: Scenario): boolean {
  return existsSync(join(folder, 'solution', 'fix.patch'));
}

/** Finds the patches of a scenario. Throws `SCENARIO_INVALID` when the solution is missing or a decoy does not name its check. */
export async function findPatches(scenario: Scenario): Promise<ScenarioPatches> {
  const solution = join(scenario.folder, 'solution', 'fix.patch');
  if (!hasSolution(scenario)) throw invalid(scenario.folder, 'solution/fix.patch is missing');
  const beside = join(scenario.folder, 'solution', 'together.patch');
  const together = existsSync(beside) ? beside : solution;
  const accepted = (await patchesIn(join(scenario.folder, 'solution', 'accepted'))).map((file) => ({
    name: nameOf(file),
    file,
  }));
  const decoys = await Promise.all((await patchesIn(join(scenario.folder, 'decoys'))).map(readDecoy));
  return { handedOut: findHandedOut(scenario), solution, together, accepted, decoys };
}

/** The patch files in `folder`, sorted; none when it does not exist. */
export async function patchesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => name.endsWith('.patch'))
    .sort()
    .map((name) => join(folder, name));
}

/** The check that the header of a decoy names; undefined when it names none. */
export function readCaughtBy(patch: string): string | undefined {
  return /^Caught-by:\s*(\S.*)$/m.exec(patch)?.[1]?.trim();
}

async function readDecoy(file: string): Promise<Decoy> {
  const caughtBy = readCaughtBy(await readFile(file, 'utf8'));
  if (caughtBy === undefined) throw invalid(file, 'its header lacks the line "Caught-by: <check name>"');
  return { name: nameOf(file), file, caughtBy };
}

function nameOf(patch: string): string {
  return basename(patch, '.patch');
}

/** The briefing of a scenario, Markdown. */
export function readBriefing(scenario: Scenario): Promise<string> {
  return readFile(join(scenario.folder, 'briefing.md'), 'utf8');
}

/** Hint 1, 2 or 3 of a scenario, Markdown. */
export function readHint(scenario: Scenario, number: number): Promise<string> {
  return readFile(join(scenario.folder, 'hints', `${number}.md`), 'utf8');
}
