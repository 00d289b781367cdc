import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { queuesMeter } from '../../../harness/meters/queues.ts';
import { redisMeter } from '../../../harness/meters/redis.ts';
import { until } from '../../../harness/platform/clock.ts';
import { sandboxWith, startTestRedis } from './sandbox.ts';

let server: Awaited<ReturnType<typeof startTestRedis>>;
let client: Redis;

beforeAll(async () => {
  server = await startTestRedis();
  client = new Redis(server.redis.url);
  client.on('error', () => {});
});

afterAll(async () => {
  client?.disconnect();
  await server?.stop();
});

test('redis: hits, misses and commands of the phase, keys and memory as they are', async () => {
  await client.set('a', '1');
  await client.get('a');
  const running = await redisMeter.start(sandboxWith({ redis: server.redis }));
  await client.mget('a', 'b', 'c');
  await client.set('b', '2');
  const reading = await running.cut();
  expect(reading).toMatchObject({ hits: 1, misses: 2, expired: 0, keys: 2, commands: { mget: 1, set: 1 } });
  expect(Object.keys(reading.commands)).not.toContain('info');
  expect(reading.usedMemoryBytes).toBeGreaterThan(100_000);
  expect(await running.cut()).toMatchObject({ hits: 0, misses: 0, commands: {} });
  await running.stop();
});

test('queues: jobs of every queue by state', async () => {
  const running = await queuesMeter.start(sandboxWith({ redis: server.redis }));
  expect(await running.cut()).toEqual({});

  const connection = { url: server.redis.url };
  const [orders, mail] = [new Queue('orders', { connection }), new Queue('mail', { connection })];
  await orders.addBulk([1, 2, 3].map((n) => ({ name: 'job', data: { n } })));
  await orders.add('job', { n: 4 }, { delay: 60_000 });
  await mail.add('job', { fails: true });
  const none = { waiting: 0, active: 0, delayed: 0, failed: 0, completed: 0 };
  expect(await running.cut()).toEqual({
    orders: { ...none, waiting: 3, delayed: 1 },
    mail: { ...none, waiting: 1 },
  });

  const work = async (job: { data: { fails?: boolean } }) => {
    if (job.data.fails) throw new Error('no');
  };
  const workers = ['orders', 'mail'].map((name) => new Worker(name, work, { connection }));
  const done = async () => {
    const { orders, mail } = await running.cut();
    return orders?.completed === 3 && mail?.failed === 1 && { orders, mail };
  };
  expect(await until('the jobs', done, { timeoutMs: 5_000, everyMs: 50 })).toEqual({
    orders: { ...none, completed: 3, delayed: 1 },
    mail: { ...none, failed: 1 },
  });
  await Promise.all([...workers, orders, mail].map((one) => one.close()));
  await running.stop();
});

test('a Redis that is gone makes readings absent, and stopping still ends', async () => {
  const own = await startTestRedis();
  const sandbox = sandboxWith({ redis: own.redis });
  const [redis, queues] = [await redisMeter.start(sandbox), await queuesMeter.start(sandbox)];
  await queues.cut();
  await own.stop();
  await expect(redis.cut()).rejects.toThrow();
  await expect(queues.cut()).rejects.toThrow();
  await Promise.all([redis.stop(), queues.stop()]);
});
