import { type ConnectionOptions, Queue } from 'bullmq';
import { BullMQOtel } from 'bullmq-otel';
import type { Config } from '../config.ts';
import { withDeadline } from './deadline.ts';
import type { Logger } from './logger.ts';
import { jobCounts, oldestJobAge } from './queue-depth.ts';
import { connectionOptions } from './redis.ts';

const ADD_MS = 5_000;

export const ORDERS_QUEUE = 'orders';

export interface OrderPaidJob {
  orderId: number;
  paymentId: string;
}

export type OrderQueue = ReturnType<typeof createOrderQueue>;

export function createOrderQueue(config: Pick<Config, 'redisUrl'>, logger: Logger) {
  const connection: ConnectionOptions = { url: config.redisUrl, ...connectionOptions };
  const queue = new Queue<OrderPaidJob>(ORDERS_QUEUE, {
    connection,
    defaultJobOptions: {
      attempts: 5,
      backoff: { type: 'exponential', delay: 1_000 },
      removeOnComplete: { age: 86_400, count: 50_000 },
      removeOnFail: { age: 7 * 86_400 },
    },
    telemetry: new BullMQOtel(),
  });
  queue.on('error', (error: Error & { code?: string }) =>
    logger.warn({ code: error.code, reason: error.message }, 'queue connection error'),
  );

  return {
    async orderPaid(job: OrderPaidJob): Promise<void> {
      await withDeadline(queue.add('order-paid', job), ADD_MS, 'enqueueing order-paid');
    },
    /** Jobs by state; empty while Redis cannot be reached. */
    async counts(): Promise<Record<string, number>> {
      return jobCounts(queue, logger);
    },
    oldestAge: () => oldestJobAge(queue, logger),
    close: () => queue.close(),
  };
}
