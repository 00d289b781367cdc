import { randomUUID } from 'node:crypto';
import type { Fault } from '../domain/fault.ts';
import { injection, nothingToUndo } from './injection.ts';
import { withRedis } from './services.ts';

/** Redis loses everything at once, caches and queued jobs alike, as when an instance without persistence is replaced. Can't be taken back. */
export function redisFlush(): Fault {
  return {
    name: 'redis-flush',
    summary: 'Redis loses all its keys at once: caches, and jobs waiting in queues.',
    async inject(sandbox) {
      const canary = `gameday:canary:${randomUUID()}`;
      const lost = await withRedis(sandbox.redis.url, async (redis) => {
        const keys = await redis.dbsize();
        await redis.set(canary, '1', 'EX', 3_600);
        await redis.flushdb();
        return keys;
      });
      return injection({
        receipt: `${lost} keys removed`,
        async witness() {
          const left = await withRedis(sandbox.redis.url, (redis) => redis.exists(canary));
          return left === 0 ? 'A key written just before, good for an hour, is gone' : undefined;
        },
        undo: nothingToUndo,
      });
    },
  };
}
