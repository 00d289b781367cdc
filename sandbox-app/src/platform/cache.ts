import type { Redis } from 'ioredis';
import type { Metrics } from './metrics.ts';

export interface Cache<Value> {
  get(id: number): Promise<Value | undefined>;
  set(id: number, value: Value): Promise<void>;
  remove(id: number): Promise<void>;
}

/** JSON values in Redis under `<name>:<id>`, each kept for a number of seconds. */
export function createCache<Value>(redis: Redis, metrics: Metrics, name: string, ttlSeconds: number): Cache<Value> {
  const keyOf = (id: number) => `${name}:${id}`;
  return {
    async get(id) {
      const text = await redis.get(keyOf(id));
      metrics.cacheRequests.inc({ cache: name, result: text === null ? 'miss' : 'hit' });
      return text === null ? undefined : (JSON.parse(text) as Value);
    },
    async set(id, value) {
      await redis.set(keyOf(id), JSON.stringify(value), 'EX', ttlSeconds);
    },
    async remove(id) {
      await redis.del(keyOf(id));
    },
  };
}
