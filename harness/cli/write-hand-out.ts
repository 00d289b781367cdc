import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { usageError } from '../domain/errors.ts';

/**
 * Writes what a candidate gets as files of a new folder; returns its path. Throws `FOLDER_EXISTS`.
 * @param command that was typed, for the hint
 * @param files text by name
 */
export async function writeHandOut(
  out: string,
  command: string,
  files: Readonly<Record<string, string>>,
): Promise<string> {
  const folder = resolve(out);
  if (existsSync(folder))
    throw usageError('FOLDER_EXISTS', `${folder} is there already.`, `${command} --out <another folder>`);
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}
