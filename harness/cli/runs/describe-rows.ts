import type { QueryResult } from '../../domain/game-day.ts';
import { oneLine } from '../../reports/plain-text.ts';
import type { Paint } from '../terminal/paint.ts';
import { textTable } from '../terminal/table.ts';

/** Longest value that is shown whole: a table of long values is not readable. `--json` has all of them. */
const longestCell = 100;

/** Rows as a table: numbers to the right, NULL told apart from an empty text. */
export function describeRows({ columns, rows }: QueryResult, paint: Paint): string {
  const numeric = columns.map(
    (_, index) => rows.length > 0 && rows.every((row) => row[index] === null || isNumber(row[index])),
  );
  return textTable(
    columns.map((title, index) => ({ title: oneLine(title), align: numeric[index] ? 'right' : 'left' })),
    rows.map((row) =>
      row.map((value) => (value === null ? paint('dim', 'NULL') : oneLine(String(value), longestCell))),
    ),
  );
}

/** PostgreSQL's bigint and numeric arrive as text, so that no digit is lost. */
function isNumber(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value));
}
