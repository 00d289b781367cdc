import pg from 'pg';
import type { Sandbox } from '../domain/sandbox.ts';

/**
 * One superuser connection to the sandbox's database that comes back by itself after the server was away, and that leaves no trace in the
 * statistics it reads: its scans, statements and plans are not counted. Queries give up after 15 s. Close it with `end()`.
 */
export function openAdminPool(sandbox: Sandbox): pg.Pool {
  const pool = new pg.Pool({
    connectionString: sandbox.postgres.adminUrl,
    application_name: 'gameday-meter',
    max: 1,
    connectionTimeoutMillis: 3_000,
    query_timeout: 15_000,
    idleTimeoutMillis: 0,
    options: '-c track_counts=off -c pg_stat_statements.track=none -c auto_explain.log_min_duration=-1',
  });
  // A lost connection is reported by the next query; without listeners it would end the process. The pool stops listening to its clients
  // when it ends, before they are gone.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}
