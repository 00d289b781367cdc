import { stat } from 'node:fs/promises';
import type pg from 'pg';
import { environmentError } from '../domain/errors.ts';
import type { PlanSeen } from '../domain/evidence.ts';
import type { Meter, RunningMeter } from '../domain/meter.ts';
import type { Sandbox } from '../domain/sandbox.ts';
import { openAdminPool } from './admin-pool.ts';
import { loggedPlans, slowStatements } from './plan-log.ts';
import { readLog } from './read-log.ts';

/** Which of the app's statements get their plan written to the server's log. */
export interface PlansWanted {
  /** Statements that took so long or longer, milliseconds. */
  readonly fromMs: number;
  /** Of these, which share: what instrumenting costs must not show in latencies. */
  readonly share: number;
  /** Of so many queries at most, the slowest. */
  readonly most: number;
}

/** Under load. */
const slow: PlansWanted = { fromMs: 50, share: 0.25, most: 10 };

/** Plans of the app's statements that took 50 ms or longer, the slowest of each query, at most 10. */
export const plansMeter: Meter<readonly PlanSeen[]> = {
  name: 'plans',
  start: (sandbox) => recordPlans(sandbox, slow),
};

/**
 * Row and buffer counts but no per-node clock reads, which cost more than all else (https://www.postgresql.org/docs/18/auto-explain.html).
 */
const settingsFor = ({ fromMs, share }: PlansWanted): Readonly<Record<string, string>> => ({
  'auto_explain.log_min_duration': `${fromMs}ms`,
  'auto_explain.log_analyze': 'on',
  'auto_explain.log_timing': 'off',
  'auto_explain.log_buffers': 'on',
  'auto_explain.log_format': 'text',
  'auto_explain.log_parameter_max_length': '0',
  'auto_explain.sample_rate': String(share),
});

/**
 * Has the plans of statements, the slowest of each query, written to the server's log by auto_explain, which is switched on at start and off again at stop. Where the server does not
 * preload the library, it is preloaded into sessions opened from then on. Rejects where the server's log can't be read.
 */
export async function recordPlans(sandbox: Sandbox, wanted: PlansWanted): Promise<RunningMeter<readonly PlanSeen[]>> {
  const { logFile, appRole } = sandbox.postgres;
  if (logFile === undefined) {
    throw environmentError('NO_SERVER_LOG', 'this PostgreSQL server is not ours, so its log can’t be read');
  }
  const pool = openAdminPool(sandbox);
  const changed = await switchOn(pool, settingsFor(wanted)).catch(async (error) => {
    await pool.end();
    throw error;
  });
  let offset = (await stat(logFile)).size;
  return {
    async cut() {
      const { text, end } = await readLog(logFile, offset);
      offset = end;
      const statements = slowStatements(loggedPlans(text, appRole));
      return statements.slice(0, wanted.most).map(({ slowest }) => slowest);
    },
    async stop() {
      try {
        await alterSystem(pool, changed, (name) => `ALTER SYSTEM RESET ${name}`);
      } finally {
        await pool.end();
      }
    },
  };
}

/** Resolves to the names of the settings it changed. */
async function switchOn(pool: pg.Pool, settings: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { rows } = await pool.query<{ libraries: string }>(
    `SELECT current_setting('shared_preload_libraries') AS libraries`,
  );
  // The server refuses settings of a library that this session has not loaded.
  await pool.query(`LOAD 'auto_explain'`);
  // Older servers lack some.
  const { rows: known } = await pool.query<{ name: string }>(
    `SELECT name FROM pg_settings WHERE name LIKE 'auto_explain.%'`,
  );
  const values: Record<string, string> = Object.fromEntries(
    Object.entries(settings).filter(([name]) => known.some((setting) => setting.name === name)),
  );
  if (!/\bauto_explain\b/.test(rows[0]!.libraries)) values.session_preload_libraries = 'auto_explain';
  await alterSystem(pool, Object.keys(values), (name) => `ALTER SYSTEM SET ${name} = '${values[name]}'`);
  return Object.keys(values);
}

/** One statement at a time: `ALTER SYSTEM` can't run inside a transaction. */
async function alterSystem(pool: pg.Pool, names: readonly string[], sql: (name: string) => string): Promise<void> {
  for (const name of names) await pool.query(sql(name));
  await pool.query('SELECT pg_reload_conf()');
}
