import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Fault } from '../domain/fault.ts';
import { injection, nothingToUndo } from './injection.ts';
import { parametersOf } from './parameters.ts';
import { withRedis } from './services.ts';

/** Keys aged per step: about a millisecond of Redis's one thread. */
const BATCH = 500;

/**
 * Takes time off the remaining life of keys, in one step per batch so that no key is renewed in between. What would have expired gets a
 * millisecond, so that Redis itself expires it and counts it. Answers how many expire and how many just get older.
 */
const ageKeys = `
local expiring, older = 0, 0
for _, key in ipairs(KEYS) do
  local left = redis.call('PTTL', key)
  if left >= 0 then
    local rest = left - tonumber(ARGV[1])
    if rest <= 0 then expiring = expiring + 1 else older = older + 1 end
    redis.call('PEXPIRE', key, math.max(1, rest))
  end
end
return {expiring, older}`;

/**
 * Minutes pass in an instant: every key with a time to live gets that much older (differences between keys stay as they are) and the clocks
 * of the app's processes move on. The job queues' own keys (`bull:*`) are left alone. Time does not go back, so there is nothing to undo.
 * @param options.minutes how much time passes, above 0 and up to 10080 (a week)
 * @param options.keys Redis glob of the keys to age; default all
 * @throws usageError `FAULT_INVALID`
 */
export function cacheTimeLapse({ minutes, keys = '*' }: { readonly minutes: number; readonly keys?: string }): Fault {
  const parameters = parametersOf('cache-time-lapse');
  parameters.number('minutes', minutes, 0.01, 10_080);
  parameters.matching('keys', keys, /./, 'Give a Redis glob such as profile:*.');
  const ms = Math.round(minutes * 60_000);
  return {
    name: 'cache-time-lapse',
    summary: `${minutes} minutes pass at once for cached keys (${keys}) and for the app's clocks.`,
    async inject(sandbox) {
      const { url } = sandbox.redis;
      const canary = `gameday:canary:${randomUUID()}`;
      const { expiring, older, expiredBefore } = await withRedis(url, async (redis) => {
        const found = await cacheKeys(redis, keys);
        const expiredBefore = await expiredKeys(redis);
        await redis.set(canary, '1', 'PX', ms);
        return { ...(await age(redis, [...found, canary], ms)), expiredBefore };
      });
      await sandbox.app.shiftClocks(ms);
      return injection({
        // The canary is one of those that expired.
        receipt: `${expiring - 1} keys expired, ${older} aged, clocks moved ${minutes} minutes ahead`,
        async witness() {
          const { left, expired } = await withRedis(url, async (redis) => ({
            left: await redis.exists(canary),
            expired: (await expiredKeys(redis)) - expiredBefore,
          }));
          if (left > 0 || expired === 0) return undefined;
          return `A key good for ${minutes} minutes has expired at once; Redis counts ${expired} expired keys since`;
        },
        undo: nothingToUndo,
      });
    },
  };
}

/** All matching keys but the queues'. Complete before any of them is aged: a key that the app loads again meanwhile must not age twice. */
async function cacheKeys(redis: Redis, pattern: string): Promise<ReadonlySet<string>> {
  const keys = new Set<string>();
  for await (const found of redis.scanStream({ match: pattern, count: 1_000 }) as AsyncIterable<string[]>) {
    for (const key of found) if (!key.startsWith('bull:')) keys.add(key);
  }
  return keys;
}

async function age(redis: Redis, keys: readonly string[], ms: number): Promise<{ expiring: number; older: number }> {
  const batches: Promise<unknown>[] = [];
  for (let from = 0; from < keys.length; from += BATCH) {
    const batch = keys.slice(from, from + BATCH);
    batches.push(redis.eval(ageKeys, batch.length, ...batch, ms));
  }
  const counts = (await Promise.all(batches)) as [number, number][];
  return {
    expiring: counts.reduce((sum, [expiring]) => sum + expiring, 0),
    older: counts.reduce((sum, [, older]) => sum + older, 0),
  };
}

async function expiredKeys(redis: Redis): Promise<number> {
  return Number(/^expired_keys:(\d+)/m.exec(await redis.info('stats'))?.[1]);
}
