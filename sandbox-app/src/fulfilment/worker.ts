import { Worker } from 'bullmq';
import { BullMQOtel } from 'bullmq-otel';
import { ORDERS_QUEUE, type OrderPaidJob } from '../platform/queue.ts';
import { connectionOptions } from '../platform/redis.ts';
import type { Services } from '../services.ts';
import { fulfilPaidOrder } from './order-paid.ts';

export function startOrderWorker(services: Services): Worker<OrderPaidJob> {
  const { config, logger, metrics } = services;

  const worker = new Worker<OrderPaidJob>(
    ORDERS_QUEUE,
    async (job) => {
      const stopTimer = metrics.jobDuration.startTimer({ queue: ORDERS_QUEUE });
      try {
        await fulfilPaidOrder(services, job.data);
        stopTimer({ outcome: 'completed' });
      } catch (error) {
        stopTimer({ outcome: 'failed' });
        throw error;
      }
    },
    {
      connection: { url: config.redisUrl, ...connectionOptions, maxRetriesPerRequest: null },
      concurrency: config.jobConcurrency,
      telemetry: new BullMQOtel(),
    },
  );

  worker.on('completed', (job) => logger.debug({ jobId: job.id, job: job.name, ...job.data }, 'job completed'));
  worker.on('failed', (job, error: Error & { code?: string }) => {
    const context = { jobId: job?.id, job: job?.name, ...job?.data, attempt: job?.attemptsMade };
    logger.warn({ ...context, code: error.code, reason: error.message }, 'job failed');
  });
  worker.on('error', (error: Error & { code?: string }) =>
    logger.warn({ code: error.code, reason: error.message }, 'worker connection error'),
  );
  return worker;
}
