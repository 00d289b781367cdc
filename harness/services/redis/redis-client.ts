import { Redis } from 'ioredis';

/** Opens one connection, hands it to `use`, and closes it whatever happens. It never retries. */
export async function withRedis<T>(url: string, use: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(url, {
    lazyConnect: true,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
    connectTimeout: 3_000,
    commandTimeout: 3_000,
  });
  // The failure is thrown by connect or by the command.
  redis.on('error', () => {});
  try {
    await redis.connect();
    return await use(redis);
  } finally {
    redis.disconnect();
  }
}

/** The version as the server says, of Redis or of Valkey. */
export async function versionOf(redis: Redis): Promise<string> {
  return /^(?:valkey|redis)_version:(\S+)/m.exec(await redis.info('server'))?.[1] ?? 'unknown';
}
