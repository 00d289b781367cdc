import { messageOf } from '../domain/errors.ts';
import type { Fault } from '../domain/fault.ts';
import { sleep } from '../platform/clock.ts';
import { injection } from './injection.ts';
import { parametersOf } from './parameters.ts';
import { openPostgres, withPostgres } from './services.ts';

/**
 * A job of somebody else asks the database something every few seconds: seen among the slow statements, and harmless. One at a time, by a single process.
 * @param job the name by which its session is known (`application_name`)
 * @param sql one query, of up to some tenths of a second
 * @param everySeconds pause between the end of one and the start of the next, 0.5 to 3,600 seconds
 * @throws usageError `FAULT_INVALID`
 */
export function cronQuery({
  job,
  sql,
  everySeconds,
}: {
  readonly job: string;
  readonly sql: string;
  readonly everySeconds: number;
}): Fault {
  const parameters = parametersOf('cron-query');
  parameters.matching('job', job, /^[a-z][a-z0-9-]{0,62}$/, 'Give a name such as usage-rollup.');
  parameters.matching('sql', sql, /^\s*(select|with)\b/i, 'Give a SELECT.');
  parameters.number('everySeconds', everySeconds, 0.5, 3_600);
  return {
    name: 'cron-query',
    summary: `The job ${job} asks the database something every ${everySeconds} s.`,
    async inject(sandbox) {
      const session = await openPostgres(sandbox.postgres.readerUrl, { as: job });
      const ending = new AbortController();
      let problem: string | undefined;
      const asking = (async () => {
        while (!ending.signal.aborted) {
          await session.query(sql);
          await sleep(everySeconds * 1_000, ending.signal).catch(() => {});
        }
      })().catch((error: unknown) => {
        problem = messageOf(error);
      });
      return injection({
        receipt: `${job} is at work`,
        async witness() {
          if (problem !== undefined) return undefined;
          return withPostgres(sandbox.postgres.adminUrl, async (client) => {
            const { rows } = await client.query<{ started: Date | null }>(
              'SELECT max(query_start) AS started FROM pg_stat_activity WHERE application_name = $1 AND query_start > backend_start',
              [job],
            );
            const started = rows[0]?.started;
            return started ? `pg_stat_activity shows ${job}, last query at ${started.toISOString()}` : undefined;
          });
        },
        async undo() {
          ending.abort();
          // Ends the statement that may be running, too.
          await session.end();
          await asking;
        },
      });
    },
  };
}
