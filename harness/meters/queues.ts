import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { QueueFigures } from '../domain/evidence.ts';
import type { Meter } from '../domain/meter.ts';
import { sleep } from '../platform/clock.ts';
import { openRedis } from './redis.ts';

const prefix = 'bull';
/** BullMQ's `close()` can wait forever for a Redis that is gone. */
const closeMs = 1_000;

/** Jobs in every BullMQ queue by state, as they are at the cut; a queue counts from its first job on. */
export const queuesMeter: Meter<Readonly<Record<string, QueueFigures>>> = {
  name: 'queues',
  async start(sandbox) {
    const redis = openRedis(sandbox);
    const open = new Map<string, Queue>();
    const queueOf = (name: string) => {
      const queue = open.get(name) ?? new Queue(name, { connection: redis, prefix, skipMetasUpdate: true });
      if (!open.has(name)) queue.on('error', () => {});
      open.set(name, queue);
      return queue;
    };
    return {
      async cut() {
        const names = await queueNames(redis);
        return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await figuresOf(queueOf(name))])));
      },
      async stop() {
        await Promise.race([Promise.allSettled([...open.values()].map((queue) => queue.close())), sleep(closeMs)]);
        redis.disconnect();
      },
    };
  },
};

/** Every queue keeps its settings under `<prefix>:<queue>:meta`. */
async function queueNames(redis: Redis): Promise<readonly string[]> {
  const names = new Set<string>();
  for await (const keys of redis.scanStream({ match: `${prefix}:*:meta`, count: 1_000 })) {
    for (const key of keys as string[]) names.add(key.slice(prefix.length + 1, -':meta'.length));
  }
  return [...names].sort();
}

async function figuresOf(queue: Queue): Promise<QueueFigures> {
  const jobs = await queue.getJobCounts(
    'waiting',
    'prioritized',
    'waiting-children',
    'active',
    'delayed',
    'failed',
    'completed',
  );
  const count = (state: string) => jobs[state] ?? 0;
  return {
    waiting: count('waiting') + count('prioritized') + count('waiting-children'),
    active: count('active'),
    delayed: count('delayed'),
    failed: count('failed'),
    completed: count('completed'),
  };
}
