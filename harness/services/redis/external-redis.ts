import type { Redis } from 'ioredis';
import { environmentError, messageOf } from '../../domain/errors.ts';
import type { ServiceProvider } from '../../domain/service.ts';
import { versionOf, withRedis } from './redis-client.ts';
import type { RedisNeed, RedisService } from './redis-service.ts';
import { watchConnection } from './watch-connection.ts';

/** The server that `REDIS_URL` names. A run uses one of its databases that is empty, and empties it at stop; the others are left alone. */
export const externalRedis: ServiceProvider<RedisNeed, RedisService> = {
  name: 'REDIS_URL',
  async declines() {
    const url = process.env.REDIS_URL;
    if (!url) return 'REDIS_URL is not set';
    if (!URL.canParse(url)) return 'REDIS_URL is not a URL';
    try {
      const free = await withRedis(url, emptyDatabase);
      return free === undefined
        ? 'every database of the server has keys in it, which are not ours to flush'
        : undefined;
    } catch (error) {
      return `no connection: ${messageOf(error)}`;
    }
  },
  async start() {
    const base = process.env.REDIS_URL!;
    const index = await withRedis(base, emptyDatabase);
    if (index === undefined) throw environmentError('REDIS_IN_USE', 'no database of the server is empty');
    const { hostname, port: portText } = new URL(base);
    const port = Number(portText || 6379);
    const urlOn = (via?: number) => databaseUrl(base, index, via);
    const watch = await watchConnection(urlOn());
    return {
      kind: 'redis',
      provider: externalRedis.name,
      host: hostname,
      port,
      version: await versionOf(watch.redis),
      url: urlOn,
      lost: watch.lost,
      async stop() {
        await watch.redis.flushdb().catch(() => {});
        watch.close();
      },
    };
  },
};

/** The highest-numbered database without a key, database 0 never: that is where everybody else is. */
async function emptyDatabase(redis: Redis): Promise<number | undefined> {
  const [, databases = '16'] = (await redis.config('GET', 'databases').catch(() => [])) as string[];
  const used = new Set([...(await redis.info('keyspace')).matchAll(/^db(\d+):/gm)].map((match) => Number(match[1])));
  for (let index = Number(databases) - 1; index > 0; index--) if (!used.has(index)) return index;
  return undefined;
}

function databaseUrl(base: string, index: number, via?: number): string {
  const url = new URL(base);
  url.pathname = `/${index}`;
  if (via !== undefined) {
    url.hostname = '127.0.0.1';
    url.port = String(via);
  }
  return url.href;
}
