import type { StatementsReading } from '../domain/evidence.ts';
import type { Meter } from '../domain/meter.ts';
import { openAdminPool } from './admin-pool.ts';
import { readStatements, statementsBetween } from './statement-statistics.ts';

/** SQL statements of the app's role: pg_stat_statements, the difference over the phase. */
export const statementsMeter: Meter<StatementsReading> = {
  name: 'statements',
  async start(sandbox) {
    const pool = openAdminPool(sandbox);
    const read = () => readStatements(pool, sandbox.postgres.appRole);
    let before = await read().catch(async (error) => {
      await pool.end();
      throw error;
    });
    return {
      async cut() {
        const after = await read();
        const from = before;
        before = after;
        return statementsBetween(from, after);
      },
      stop: () => pool.end(),
    };
  },
};
