import type { Fault } from '../domain/fault.ts';
import type { Sandbox } from '../domain/sandbox.ts';
import { injection } from './injection.ts';
import { parametersOf } from './parameters.ts';
import { openPostgres, withPostgres } from './services.ts';

/** https://www.postgresql.org/docs/18/explicit-locking.html#LOCKING-TABLES, weakest first. */
const lockModes = [
  'ACCESS SHARE',
  'ROW SHARE',
  'ROW EXCLUSIVE',
  'SHARE UPDATE EXCLUSIVE',
  'SHARE',
  'SHARE ROW EXCLUSIVE',
  'EXCLUSIVE',
  'ACCESS EXCLUSIVE',
] as const;

/** How long the lock is queued for before the injection fails, milliseconds. While it waits, everybody queues behind it. */
const LOCK_TIMEOUT_MS = 5_000;

/**
 * Another session sits in an open transaction and holds a lock: on a whole table, or on the rows that a query locks.
 * @param target.table the table, in `target.mode` (default `ACCESS EXCLUSIVE`: nobody can even read)
 * @param target.rows a query that locks rows, such as `SELECT 1 FROM products WHERE id <= 3 FOR UPDATE`
 * @throws usageError `FAULT_INVALID`; on injection the server's error when the lock can't be had within 5 seconds
 */
export function lockHeld(
  target: { readonly table: string; readonly mode?: (typeof lockModes)[number] } | { readonly rows: string },
): Fault {
  const parameters = parametersOf('lock-held');
  let sql: string;
  let what: string;
  if ('rows' in target) {
    parameters.matching(
      'rows',
      target.rows,
      /\bfor\s+(no\s+key\s+)?(update|share|key\s+share)\b/i,
      'Give a SELECT … FOR UPDATE.',
    );
    sql = target.rows;
    what = `rows (${target.rows})`;
  } else {
    const { table, mode = 'ACCESS EXCLUSIVE' } = target;
    parameters.matching('table', table, /^[a-z_][a-z0-9_]*$/, 'Give the name of a table.');
    parameters.oneOf('mode', mode, lockModes);
    sql = `LOCK TABLE ${table} IN ${mode} MODE`;
    what = `table ${table} in ${mode} mode`;
  }
  return {
    name: 'lock-held',
    summary: `Another session holds a lock on ${what} and does not let go.`,
    async inject(sandbox) {
      const holder = await openPostgres(sandbox.postgres.adminUrl);
      try {
        await holder.query('BEGIN');
        await holder.query(`SET LOCAL lock_timeout = ${LOCK_TIMEOUT_MS}`);
        await holder.query('SET LOCAL idle_in_transaction_session_timeout = 0');
        await holder.query(sql);
        const { rows } = await holder.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
        const pid = rows[0]!.pid;
        return injection({
          receipt: `Session ${pid} holds a lock on ${what}`,
          witness: () => locksOf(sandbox, pid),
          undo: () => holder.end(),
        });
      } catch (error) {
        await holder.end().catch(() => {});
        throw error;
      }
    },
  };
}

async function locksOf(sandbox: Sandbox, pid: number): Promise<string | undefined> {
  return withPostgres(sandbox.postgres.adminUrl, async (client) => {
    const { rows } = await client.query<{ locks: string | null; waiting: number }>(
      `SELECT (SELECT string_agg(DISTINCT mode || ' on ' || relation::regclass, ', ') FROM pg_locks
               WHERE pid = $1 AND granted AND locktype = 'relation') AS locks,
              (SELECT count(*)::int FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND $1 = ANY(pg_blocking_pids(pid))) AS waiting`,
      [pid],
    );
    const { locks, waiting } = rows[0]!;
    return locks === null ? undefined : `pg_locks shows session ${pid} with ${locks}; ${waiting} sessions wait for it`;
  });
}
