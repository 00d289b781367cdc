import { type ConnectionOptions, Queue } from 'bullmq';
import { BullMQOtel } from 'bullmq-otel';
import type { Config } from '../config.ts';
import { withDeadline } from '../platform/deadline.ts';
import type { Logger } from '../platform/logger.ts';
import { jobCounts, oldestJobAge } from '../platform/queue-depth.ts';
import { connectionOptions } from '../platform/redis.ts';

const ADD_MS = 5_000;

export const RELEASES_QUEUE = 'releases';

export interface ReleaseJob {
  orderId: number;
  paymentId: string;
}

export type ReleaseQueue = ReturnType<typeof createReleaseQueue>;

/** Orders that may leave the warehouse. */
export function createReleaseQueue(config: Pick<Config, 'redisUrl'>, logger: Logger) {
  const connection: ConnectionOptions = { url: config.redisUrl, ...connectionOptions };
  const queue = new Queue<ReleaseJob>(RELEASES_QUEUE, {
    connection,
    defaultJobOptions: {
      removeOnComplete: { age: 86_400, count: 50_000 },
      removeOnFail: { age: 7 * 86_400 },
    },
    telemetry: new BullMQOtel(),
  });
  queue.on('error', (error: Error & { code?: string }) =>
    logger.warn({ code: error.code, reason: error.message }, 'queue connection error'),
  );

  return {
    async release(job: ReleaseJob): Promise<void> {
      await withDeadline(queue.add('release-order', job), ADD_MS, 'enqueueing release-order');
    },
    counts: () => jobCounts(queue, logger),
    oldestAge: () => oldestJobAge(queue, logger),
    close: () => queue.close(),
  };
}
