import type { Writing } from '../../run/writings.ts';
import { textTable } from '../terminal/table.ts';

/** The exercises in writing, one a line. */
export function writingsTable(writings: readonly Writing[]): string {
  return textTable(
    [
      { title: 'Exercise' },
      { title: 'Kind' },
      { title: 'Level' },
      { title: 'Time' },
      { title: 'What it asks', max: 56 },
    ],
    writings.map(({ id, definition: { kind, level, minutes, summary } }) => [
      id,
      kind,
      level,
      `${minutes} min`,
      summary,
    ]),
  );
}
