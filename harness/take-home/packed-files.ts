import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Text by path, relative to the root of a take-home, with slashes. */
export type PackedFiles = ReadonlyMap<string, string>;

/** The text of these files, by their names relative to `folder`. */
export async function readFiles(folder: string, names: Iterable<string>): Promise<PackedFiles> {
  const reading = [...names].map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const);
  return new Map(await Promise.all(reading));
}
