import pg from 'pg';
import type { Config } from '../config.ts';
import type { Logger } from './logger.ts';
import type { Metrics } from './metrics.ts';
import { waitInSpan } from './traces.ts';

// bigint columns hold ids and cents, both far below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

export interface Queryable {
  query<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
}

/** A connection for statements that belong together over a longer while; to be released. */
export interface Session extends Queryable {
  release(): void;
}

export interface Database extends Queryable {
  session(): Promise<Session>;
  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export function createDatabase(
  config: Pick<Config, 'databaseUrl' | 'poolMax' | 'instance'>,
  logger: Logger,
  metrics: Metrics,
): Database {
  const pool = new pg.Pool({
    connectionString: config.databaseUrl,
    application_name: config.instance,
    max: config.poolMax,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
  });
  const logConnectionError = (error: Error & { code?: string }) =>
    logger.warn({ code: error.code, reason: error.message }, 'database connection lost');
  pool.on('error', logConnectionError);
  pool.on('connect', (client) => client.on('error', logConnectionError));
  metrics.observePool(pool);

  async function connect(): Promise<pg.PoolClient> {
    const stopTimer = metrics.poolWait.startTimer();
    try {
      // With a connection that is free there is no wait to show.
      const isFree = pool.idleCount > pool.waitingCount;
      const client = pool.connect();
      return await (isFree ? client : waitInSpan('pool.connect', client));
    } finally {
      stopTimer();
    }
  }

  return {
    async query<Row extends pg.QueryResultRow>(text: string, values?: unknown[]) {
      const client = await connect();
      try {
        return (await client.query<Row>(text, values)).rows;
      } finally {
        client.release();
      }
    },

    async session() {
      const client = await connect();
      return {
        query: async <Row extends pg.QueryResultRow>(text: string, values?: unknown[]) =>
          (await client.query<Row>(text, values)).rows,
        release: () => client.release(),
      };
    },

    async transaction(work) {
      const client = await connect();
      let broken: Error | undefined;
      try {
        await client.query('BEGIN');
        const result = await work({
          query: async <Row extends pg.QueryResultRow>(text: string, values?: unknown[]) =>
            (await client.query<Row>(text, values)).rows,
        });
        await client.query('COMMIT');
        return result;
      } catch (error) {
        await client.query('ROLLBACK').catch((rollbackError: Error) => {
          broken = rollbackError;
        });
        throw error;
      } finally {
        client.release(broken);
      }
    },

    close: () => pool.end(),
  };
}
