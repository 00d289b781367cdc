import { Redis } from 'ioredis';
import type { Config } from '../config.ts';
import type { Logger } from './logger.ts';

const retryStrategy = (attempt: number) => Math.min(attempt * 100, 2_000);

/** Options shared by every connection: keep reconnecting, but let a waiting command fail soon. */
export const connectionOptions = { maxRetriesPerRequest: 1, connectTimeout: 2_000, retryStrategy };

export function createRedis(config: Pick<Config, 'redisUrl' | 'instance'>, logger: Logger): Redis {
  const redis = new Redis(config.redisUrl, {
    ...connectionOptions,
    connectionName: config.instance,
    lazyConnect: true,
  });
  redis.on('error', (error: Error & { code?: string }) =>
    logger.warn({ code: error.code, reason: error.message }, 'redis connection error'),
  );
  return redis;
}
