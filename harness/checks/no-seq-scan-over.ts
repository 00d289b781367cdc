import type { PhaseName, TableFigures } from '../domain/evidence.ts';
import type { Check } from '../domain/verdict.ts';
import { defineCheck, inconclusive, required, verdict } from './define-check.ts';

/**
 * No table with more than `rows` rows is scanned from end to end more than `scans` times (default 3). A scan that stops early, as with a
 * `LIMIT`, is not held against it: the scans must have read more rows than `rows` in all. Parallel workers count as a scan each.
 */
export function noSeqScanOver(objective: {
  readonly rows: number;
  /** Only these tables. Default: all. */
  readonly tables?: readonly string[];
  readonly scans?: number;
  readonly during?: PhaseName;
  readonly name?: string;
}): Check {
  const { rows, tables, scans = 3, during = 'incident', name = 'no-seq-scan-over' } = objective;
  const which = tables === undefined ? 'no table' : `none of ${tables.join(', ')}`;
  return defineCheck({
    name,
    claim: `${which} with more than ${rows} rows is read from end to end more than ${scans} times in the ${during} phase`,
    judge({ phases }) {
      const all = required(phases[during].tables, 'table scans');
      const missing = tables?.find((name) => !all.some(({ table }) => table === name));
      if (missing !== undefined) inconclusive(`there is no table ${missing}`);
      const considered = all.filter(({ table }) => tables?.includes(table) ?? true);
      if (considered.length === 0) inconclusive('the database has no tables');

      const isScanned = ({ liveRows, seqScans, seqRowsRead }: TableFigures) =>
        liveRows > rows && seqScans > scans && seqRowsRead > rows;
      const scanned = considered.filter(isScanned);
      const worst = (scanned.length > 0 ? scanned : considered).reduce((a, b) =>
        b.seqRowsRead > a.seqRowsRead ? b : a,
      );
      return verdict(scanned.length === 0, sentence(worst), [
        { label: `scans of ${worst.table}`, value: worst.seqScans, bound: scans, unit: 'scans' },
        { label: `rows read by scans of ${worst.table}`, value: worst.seqRowsRead, unit: 'rows' },
      ]);
    },
  });
}

function sentence({ table, liveRows, seqScans, seqRowsRead }: TableFigures): string {
  return `${table} (${liveRows} rows) was scanned sequentially ${seqScans} times, reading ${seqRowsRead} rows`;
}
