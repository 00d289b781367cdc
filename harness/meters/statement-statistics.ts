import type pg from 'pg';
import { environmentError } from '../domain/errors.ts';
import type { StatementFigures, StatementsReading } from '../domain/evidence.ts';

/** The counters of pg_stat_statements for one role at one moment, by query id. */
export interface StatementsSnapshot {
  readonly statements: ReadonlyMap<string, StatementFigures>;
  /** Changes when the counters are thrown away. */
  readonly since: string;
  /** How often entries were evicted because too many distinct statements were seen. */
  readonly evictions: number;
}

const snapshotSql = `
  SELECT s.queryid::text AS id, min(s.query) AS query, sum(s.calls)::float8 AS calls, sum(s.rows)::float8 AS rows,
         sum(s.shared_blks_hit + s.shared_blks_read)::float8 AS buffers, sum(s.total_exec_time)::float8 AS "execMs"
  FROM pg_stat_statements s
  WHERE s.userid = (SELECT oid FROM pg_roles WHERE rolname = $1)
    AND s.dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
  GROUP BY s.queryid`;

const infoSql = 'SELECT stats_reset::text AS since, dealloc::float8 AS evictions FROM pg_stat_statements_info';

/**
 * Reads what pg_stat_statements has counted so far for one role in the connected database. Counters are in shared memory and complete as
 * soon as a statement has ended (https://www.postgresql.org/docs/18/pgstatstatements.html).
 * Throws the driver's error when the extension is not there.
 */
export async function readStatements(pool: pg.Pool, role: string): Promise<StatementsSnapshot> {
  const info = await pool.query<{ since: string; evictions: number }>(infoSql);
  const { rows } = await pool.query<StatementFigures & { id: string }>(snapshotSql, [role]);
  const statements = new Map(rows.map(({ id, ...figures }) => [id, figures]));
  return { statements, since: info.rows[0]!.since, evictions: info.rows[0]!.evictions };
}

/**
 * What happened between two snapshots, busiest statement first. Left out is what is not work on data: transaction control, `SET` and the like,
 * and the bare `SELECT 1` of health probes, so that a count compares repairs fairly whether or not they open a transaction.
 * Throws `STATISTICS_RESET` when counters were reset or evicted in between, because differences would then be too small.
 */
export function statementsBetween(before: StatementsSnapshot, after: StatementsSnapshot): StatementsReading {
  if (before.since !== after.since) {
    throw environmentError('STATISTICS_RESET', 'pg_stat_statements was reset while it was being measured');
  }
  if (before.evictions !== after.evictions) {
    throw environmentError(
      'STATISTICS_RESET',
      'pg_stat_statements ran out of room and forgot statements while it was being measured',
      'The app sends very many distinct SQL texts; raise pg_stat_statements.max.',
    );
  }
  const byQuery = new Map<string, StatementFigures>();
  for (const [id, now] of after.statements) {
    const then = before.statements.get(id) ?? none;
    const query = readable(now.query);
    if (now.calls === then.calls || isOverhead(query)) continue;
    const sum = byQuery.get(query) ?? none;
    byQuery.set(query, {
      query,
      calls: sum.calls + now.calls - then.calls,
      rows: sum.rows + now.rows - then.rows,
      buffers: sum.buffers + now.buffers - then.buffers,
      execMs: sum.execMs + now.execMs - then.execMs,
    });
  }
  const statements = [...byQuery.values()].sort((a, b) => b.calls - a.calls);
  const total = (key: 'calls' | 'rows' | 'buffers') => statements.reduce((sum, figures) => sum + figures[key], 0);
  return { statements, calls: total('calls'), rows: total('rows'), buffers: total('buffers') };
}

const none = { calls: 0, rows: 0, buffers: 0, execMs: 0 };

const overhead =
  /^(begin|start transaction|commit|end|rollback|abort|savepoint|release|set|reset|show|discard|deallocate)\b|^select \$1$/i;

function isOverhead(query: string): boolean {
  return overhead.test(query);
}

/** Comments go: the server keeps those of the first caller only. Literals are already `$n`, so no string can be hit. */
function readable(query: string): string {
  return query
    .replace(/\/\*[\s\S]*?\*\//g, ' ')
    .replace(/--.*$/gm, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/;$/, '');
}
