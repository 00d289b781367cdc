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

      const large = considered.filter(({ liveRows }) => liveRows > rows);
      const scanned = large.filter(({ seqScans, seqRowsRead }) => seqScans > scans && seqRowsRead > rows);
      const [worst] = [...large].sort((a, b) => b.seqRowsRead - a.seqRowsRead);
      return verdict(
        scanned.length === 0,
        worst === undefined ? `no such table has more than ${rows} rows` : sentence(worst),
        [
          { label: 'tables scanned', value: scanned.length, bound: 0, unit: 'tables' },
          { label: 'rows read by scans', value: worst?.seqRowsRead ?? 0, unit: 'rows' },
        ],
      );
    },
  });
}

function sentence({ table, liveRows, seqScans, seqRowsRead }: TableFigures): string {
  return `${table} (${liveRows} rows) was scanned sequentially ${seqScans} times, reading ${seqRowsRead} rows`;
}
