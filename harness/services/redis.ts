import { aptRedis } from './redis/apt-redis.ts';
import { externalRedis } from './redis/external-redis.ts';
import { redisOnPath } from './redis/redis-server.ts';
import type { RedisService } from './redis/redis-service.ts';
import { type Started, startFirst } from './start-first.ts';

/** In the order in which they are tried. */
export const redisProviders = [externalRedis, redisOnPath, aptRedis] as const;

/**
 * Starts a private, empty Redis that keeps nothing on disk.
 * Throws `SERVICE_UNAVAILABLE` with every provider's reason when none can serve.
 * @param directory the run's directory; must exist. Nothing but the log is left there after `stop`
 * @param announce told before anything is installed on this machine
 */
export async function startRedis({
  directory,
  announce = () => {},
}: {
  readonly directory: string;
  readonly announce?: (text: string) => void;
}): Promise<RedisService & Started<RedisService>> {
  const started = await startFirst(
    redisProviders,
    { directory, announce },
    {
      what: 'Redis',
      hint: 'Install it (`sudo apt-get install redis-server`, `brew install redis`) or set REDIS_URL to a server with an empty database.',
    },
  );
  return { ...started.running, ...started };
}
