import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { usageError } from '../../domain/errors.ts';
import { writingForm } from '../../domain/writing.ts';
import type { Writing } from '../../run/writings.ts';

/** What a candidate gets of an exercise in writing, as files of a new folder; returns its path. Throws `FOLDER_EXISTS`. */
export async function writeWriting({ id, definition, task }: Writing, out: string): Promise<string> {
  const folder = resolve(out);
  if (existsSync(folder))
    throw usageError('FOLDER_EXISTS', `${folder} is there already.`, `gameday exercise ${id} --out <another folder>`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'README.md'), task);
  await writeFile(join(folder, 'answer.md'), writingForm(definition));
  return folder;
}
