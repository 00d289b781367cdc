import { Redis } from 'ioredis';
import { environmentError } from '../domain/errors.ts';
import type { RedisReading } from '../domain/evidence.ts';
import type { Meter } from '../domain/meter.ts';
import type { Sandbox } from '../domain/sandbox.ts';

/** Commands that only meters send. */
const ownCommands = new Set(['info', 'dbsize', 'client|setinfo']);

interface RedisCounters extends RedisReading {
  readonly server: string;
}

/**
 * Redis as it counts itself (`INFO`), the difference over the phase; `keys` and `usedMemoryBytes` are as at its end. Hits and misses are those
 * of all clients: queues look up keys, too, so compare them between phases or versions rather than with a number of requests.
 */
export const redisMeter: Meter<RedisReading> = {
  name: 'redis',
  async start(sandbox) {
    const redis = openRedis(sandbox);
    let before = await read(redis).catch((error) => {
      redis.disconnect();
      throw error;
    });
    return {
      async cut() {
        const after = await read(redis);
        const from = before;
        before = after;
        return difference(from, after);
      },
      async stop() {
        redis.disconnect();
      },
    };
  },
};

/** A connection whose commands fail after 3 s rather than wait for Redis to come back. Close it with `disconnect()`. */
export function openRedis(sandbox: Sandbox): Redis {
  const redis = new Redis(sandbox.redis.url, { maxRetriesPerRequest: 1, commandTimeout: 3_000, lazyConnect: true });
  // Reported by the command that fails; without a listener the library writes to the console.
  redis.on('error', () => {});
  return redis;
}

async function read(redis: Redis): Promise<RedisCounters> {
  const fields = new Map<string, string>();
  for (const line of (await redis.info('everything')).split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0) fields.set(line.slice(0, colon), line.slice(colon + 1));
  }
  const commands: Record<string, number> = {};
  for (const [name, value] of fields) {
    if (name.startsWith('cmdstat_'))
      commands[name.slice('cmdstat_'.length)] = Number(/calls=(\d+)/.exec(value)?.[1] ?? 0);
  }
  const number = (name: string) => Number(fields.get(name) ?? 0);
  return {
    server: fields.get('run_id') ?? '',
    hits: number('keyspace_hits'),
    misses: number('keyspace_misses'),
    expired: number('expired_keys'),
    commands,
    keys: await redis.dbsize(),
    usedMemoryBytes: number('used_memory'),
  };
}

function difference(then: RedisCounters, now: RedisCounters): RedisReading {
  if (then.server !== now.server) {
    throw environmentError('STATISTICS_RESET', 'Redis was restarted while it was being measured');
  }
  const commands: Record<string, number> = {};
  for (const [name, calls] of Object.entries(now.commands)) {
    const count = calls - (then.commands[name] ?? 0);
    if (count > 0 && !ownCommands.has(name)) commands[name] = count;
  }
  return {
    hits: now.hits - then.hits,
    misses: now.misses - then.misses,
    expired: now.expired - then.expired,
    commands,
    keys: now.keys,
    usedMemoryBytes: now.usedMemoryBytes,
  };
}
