import type pg from 'pg';
import { environmentError } from '../domain/errors.ts';
import type { TableFigures } from '../domain/evidence.ts';
import type { Meter } from '../domain/meter.ts';
import { openAdminPool } from './admin-pool.ts';

/**
 * Partitions are added up under their root table. A database copied from a template starts with statistics at zero, so the row count is the
 * larger of the statistics' and the planner's estimate.
 */
const tablesSql = `
  SELECT coalesce(pg_partition_root(s.relid), s.relid)::regclass::text AS "table",
         sum(greatest(s.n_live_tup, c.reltuples))::float8 AS "liveRows",
         sum(s.seq_scan)::float8 AS "seqScans", sum(s.seq_tup_read)::float8 AS "seqRowsRead",
         coalesce(sum(s.idx_scan), 0)::float8 AS "indexScans", coalesce(sum(s.idx_tup_fetch), 0)::float8 AS "indexRowsRead"
  FROM pg_stat_user_tables s JOIN pg_class c ON c.oid = s.relid
  GROUP BY 1 ORDER BY 1`;

/**
 * Scans of every table, the difference over the phase, by whoever ran them except the meters.
 *
 * A backend reports its counts when a transaction ends, at most once per second, and the rest when it has been idle for a while
 * (https://www.postgresql.org/docs/18/monitoring-stats.html). So up to a second of work is counted in the next phase instead: judge scans with
 * a margin, never for an exact number. Each read is a transaction of its own and therefore sees fresh statistics.
 */
export const tablesMeter: Meter<readonly TableFigures[]> = {
  name: 'tables',
  async start(sandbox) {
    const pool = openAdminPool(sandbox);
    let before = await read(pool).catch(async (error) => {
      await pool.end();
      throw error;
    });
    return {
      async cut() {
        const after = await read(pool);
        const from = before;
        before = after;
        return [...after.values()].map((now) => difference(from.get(now.table), now));
      },
      stop: () => pool.end(),
    };
  },
};

async function read(pool: pg.Pool): Promise<ReadonlyMap<string, TableFigures>> {
  const { rows } = await pool.query<TableFigures>(tablesSql);
  return new Map(rows.map((row) => [row.table, row]));
}

function difference(then: TableFigures | undefined, now: TableFigures): TableFigures {
  if (then === undefined) return now;
  if (now.seqScans < then.seqScans || now.indexScans < then.indexScans) {
    throw environmentError('STATISTICS_RESET', `the scan counters of ${now.table} were reset while being measured`);
  }
  return {
    table: now.table,
    liveRows: now.liveRows,
    seqScans: now.seqScans - then.seqScans,
    seqRowsRead: now.seqRowsRead - then.seqRowsRead,
    indexScans: now.indexScans - then.indexScans,
    indexRowsRead: now.indexRowsRead - then.indexRowsRead,
  };
}
