import { Redis } from 'ioredis';
import pg from 'pg';

/** Longest wait for a connection to PostgreSQL, milliseconds. */
const CONNECT_MS = 3_000;

/** Runs `work` on a session of its own and ends the session. */
export async function withPostgres<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await openPostgres(url);
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}

/**
 * A session that stays open until the caller ends it. A server that goes away makes the next query fail, not the process.
 * @param options.connectMs longest wait for the connection; default 3 s
 * @param options.as what it is called in `pg_stat_activity`; default `gameday`
 */
export async function openPostgres(
  url: string,
  { connectMs = CONNECT_MS, as = 'gameday' }: { readonly connectMs?: number; readonly as?: string } = {},
): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    application_name: as,
    connectionTimeoutMillis: connectMs,
  });
  client.on('error', () => {});
  await client.connect();
  return client;
}

/**
 * Runs `work` on a connection of its own and drops the connection. Fails instead of reconnecting.
 * @param patienceMs longest wait for the connection and for each answer
 */
export async function withRedis<T>(
  url: string,
  work: (redis: Redis) => Promise<T>,
  patienceMs: number = 5_000,
): Promise<T> {
  const redis = new Redis(url, {
    lazyConnect: true,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
    connectTimeout: patienceMs,
    commandTimeout: patienceMs,
    // A partitioned link never confirms that the connection ended.
    disconnectTimeout: 100,
  });
  redis.on('error', () => {});
  try {
    await redis.connect();
    return await work(redis);
  } finally {
    redis.disconnect();
  }
}
