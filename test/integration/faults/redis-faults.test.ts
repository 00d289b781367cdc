import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { cacheTimeLapse } from '../../../harness/faults/cache-time-lapse.ts';
import { redisFlush } from '../../../harness/faults/redis-flush.ts';
import { until } from '../../../harness/platform/clock.ts';
import { createFaultWorld, type FaultWorld } from '../../support/fault-world.ts';
import { type SharedServices, startSharedServices } from '../../support/shared-services.ts';

let shared: SharedServices;
let world: FaultWorld;
beforeAll(async () => {
  shared = await startSharedServices();
  world = await createFaultWorld(shared);
});
beforeEach(() => world.redis.flushall());
afterAll(async () => {
  await world?.close();
  await shared?.stop();
});

const never = new AbortController().signal;
const minute = 60_000;
/** Keys expire within a millisecond or two of the injection. */
const gone = (...keys: string[]) =>
  until(`${keys} to expire`, async () => (await world.redis.exists(keys)) === 0, { timeoutMs: 2_000, everyMs: 2 });

it('makes keys as much older as time passes, and no key twice', async () => {
  const { redis } = world;
  const load = redis.pipeline();
  for (let i = 0; i < 3_000; i++) load.set(`profile:${i}`, 'x', 'PX', (i % 2 ? 8 : 15) * minute + i * 10);
  load.set('forever', 'x');
  load.set('bull:orders:7:lock', 'x', 'PX', 5 * minute);
  await load.exec();

  const before = world.app.shifted();
  const injected = await cacheTimeLapse({ minutes: 10 }).inject(world.sandbox, never);
  expect(injected.receipt).toMatch(/^1500 keys expired, 1500 aged/);
  expect(world.app.shifted() - before).toBe(10 * minute);
  const left = await Promise.all([0, 1_000, 2_998].map((i) => redis.pttl(`profile:${i}`)));
  for (const [at, i] of [0, 1_000, 2_998].entries()) {
    expect(left[at]).toBeLessThanOrEqual(5 * minute + i * 10);
    expect(left[at]).toBeGreaterThan(5 * minute + i * 10 - 30_000);
  }
  await gone('profile:1', 'profile:2999');
  expect(await redis.pttl('forever')).toBe(-1);
  expect(await redis.pttl('bull:orders:7:lock')).toBeGreaterThan(4 * minute);
});

it('ages only the keys it is asked to', async () => {
  await world.redis.set('profile:1', 'x', 'PX', minute);
  await world.redis.set('session:1', 'x', 'PX', minute);
  const injected = await cacheTimeLapse({ minutes: 5, keys: 'profile:*' }).inject(world.sandbox, never);
  expect(injected.receipt).toMatch(/^1 keys expired/);
  await gone('profile:1');
  expect(await world.redis.exists('session:1')).toBe(1);
});

it('removes queues and caches alike', async () => {
  await world.redis.mset('profile:1', 'x', 'bull:orders:id', '3');
  const injected = await redisFlush().inject(world.sandbox, never);
  expect(injected.receipt).toBe('2 keys removed');
  expect(await world.redis.dbsize()).toBe(0);
});
