import { writingForm } from '../../domain/writing.ts';
import type { Writing } from '../../run/writings.ts';
import { writeHandOut } from '../write-hand-out.ts';

/** What a candidate gets of an exercise in writing, as files of a new folder; returns its path. Throws `FOLDER_EXISTS`. */
export function writeWriting({ id, definition, task }: Writing, out: string): Promise<string> {
  return writeHandOut(out, `gameday exercise ${id}`, { 'README.md': task, 'answer.md': writingForm(definition) });
}
