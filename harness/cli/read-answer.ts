import { readFile } from 'node:fs/promises';
import { usageError } from '../domain/errors.ts';

/**
 * The text of a file that came back. Throws an error with this code when it can't be read.
 * @param command to be typed with a file that can
 */
export async function readAnswer(file: string, code: string, command: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw usageError(code, `${file} can not be read: ${(error as NodeJS.ErrnoException).code}.`, `${command} <file>`);
  }
}
