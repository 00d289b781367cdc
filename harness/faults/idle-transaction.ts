import type { Fault } from '../domain/fault.ts';
import { injection } from './injection.ts';
import { parametersOf } from './parameters.ts';
import { openPostgres, withPostgres } from './services.ts';

/**
 * Somebody's session has opened a transaction, asked for the time and gone to lunch: seen as `idle in transaction`, and harmless for as long as an incident lasts,
 * for it holds nothing that anybody waits for.
 * @param job the name by which the session is known (`application_name`)
 * @throws usageError `FAULT_INVALID`
 */
export function idleTransaction({ job }: { readonly job: string }): Fault {
  parametersOf('idle-transaction').matching('job', job, /^[a-z][a-z0-9-]{0,62}$/, 'Give a name such as bi-notebook.');
  return {
    name: 'idle-transaction',
    summary: `A session of ${job} is idle in a transaction that locks nothing.`,
    async inject(sandbox) {
      const session = await openPostgres(sandbox.postgres.readerUrl, { as: job });
      try {
        await session.query('SET idle_in_transaction_session_timeout = 0');
        await session.query('BEGIN READ ONLY');
        await session.query('SELECT now()');
      } catch (error) {
        await session.end().catch(() => {});
        throw error;
      }
      return injection({
        receipt: `${job} has an open transaction`,
        witness: () =>
          withPostgres(sandbox.postgres.adminUrl, async (client) => {
            const { rowCount } = await client.query(
              `SELECT FROM pg_stat_activity WHERE application_name = $1 AND state = 'idle in transaction'`,
              [job],
            );
            return rowCount ? `pg_stat_activity shows ${job} idle in transaction` : undefined;
          }),
        undo: () => session.end(),
      });
    },
  };
}
