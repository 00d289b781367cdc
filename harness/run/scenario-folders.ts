import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type Level, levels } from '../domain/scenario.ts';
import { projectRoot } from '../platform/files.ts';

/** Where scenarios and other exercises live, and the pages about them. */
export const scenariosFolder = join(projectRoot, 'scenarios');

/** The names of the folders under `scenarios/` that have this file, sorted: it says what a folder is, there is no registry. */
export async function foldersWith(file: string): Promise<readonly string[]> {
  const entries = await readdir(scenariosFolder, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return folders.filter((name) => existsSync(join(scenariosFolder, name, file))).sort();
}

interface Graded {
  readonly id: string;
  readonly definition: { readonly level: Level };
}

/** The order in which exercises are shown: easiest first, then by id. */
export function byLevel(one: Graded, other: Graded): number {
  return (
    levels.indexOf(one.definition.level) - levels.indexOf(other.definition.level) || one.id.localeCompare(other.id)
  );
}

/** A problem for each of these that a folder lacks. */
export function missingFiles(folder: string, names: readonly string[]): readonly string[] {
  return names.filter((name) => !existsSync(join(folder, name))).map((name) => `${name}: is missing`);
}

/** The Markdown files of a folder by their names without `.md`. */
export async function readMarkdownFiles(folder: string): Promise<ReadonlyMap<string, string>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.md'));
  const texts = names.map(async (name) => [basename(name, '.md'), await readFile(join(folder, name), 'utf8')] as const);
  return new Map(await Promise.all(texts));
}
