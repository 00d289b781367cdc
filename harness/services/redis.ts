import type { ServiceProvider, ServiceSource } from '../domain/service.ts';
import { hintFor } from './hint-for.ts';
import { aptRedis } from './redis/apt-redis.ts';
import { dockerRedis } from './redis/docker-redis.ts';
import { externalRedis } from './redis/external-redis.ts';
import { redisOnPath } from './redis/redis-server.ts';
import type { RedisNeed, RedisService } from './redis/redis-service.ts';
import { type Started, startFirst } from './start-first.ts';

/** Who is asked, by the source that was asked for, in the order in which they are tried. */
export const redisProviders: Readonly<Record<ServiceSource, readonly ServiceProvider<RedisNeed, RedisService>[]>> = {
  auto: [externalRedis, redisOnPath, dockerRedis, aptRedis],
  external: [externalRedis],
  embedded: [redisOnPath, aptRedis],
  path: [redisOnPath],
  docker: [dockerRedis],
};

/**
 * Starts a private, empty Redis that keeps nothing on disk.
 * Throws `SERVICE_UNAVAILABLE` with every provider's reason when none can serve.
 * @param directory the run's directory; must exist. Nothing but the log is left there after `stop`
 * @param announce told before anything is installed on this machine
 */
export async function startRedis({
  directory,
  source = 'auto',
  announce = () => {},
}: {
  readonly directory: string;
  readonly source?: ServiceSource;
  readonly announce?: (text: string) => void;
}): Promise<RedisService & Started<RedisService>> {
  const started = await startFirst(
    redisProviders[source],
    { directory, announce },
    {
      what: 'Redis',
      hint: hintFor(
        source,
        'Install it (`sudo apt-get install redis-server`, `brew install redis`), or start Docker, or set REDIS_URL to a server with an empty database.',
      ),
    },
  );
  return { ...started.running, ...started };
}
