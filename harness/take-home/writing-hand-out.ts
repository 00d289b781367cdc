import type { HandOut } from '../domain/hand-out.ts';
import { writingForm } from '../domain/writing.ts';
import type { Writing } from '../run/writings.ts';

/** An exercise in writing as a candidate gets it: the task and a form. */
export function writingHandOut({ id, definition, task }: Writing): HandOut {
  const { title, minutes } = definition;
  return {
    ...{ id, title, minutes },
    files: { 'README.md': task, 'answer.md': writingForm(definition) },
    answers: ['answer.md'],
  };
}
