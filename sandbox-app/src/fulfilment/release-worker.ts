import { Worker } from 'bullmq';
import { BullMQOtel } from 'bullmq-otel';
import { connectionOptions } from '../platform/redis.ts';
import type { Services } from '../services.ts';
import { startHandover } from './handover.ts';
import { RELEASES_QUEUE, type ReleaseJob } from './release-queue.ts';

export function startReleaseWorker(services: Services): { close(): Promise<void> } {
  const { config, logger, metrics } = services;
  const handover = startHandover(services);

  const worker = new Worker<ReleaseJob>(
    RELEASES_QUEUE,
    async (job) => {
      const stopTimer = metrics.jobDuration.startTimer({ queue: RELEASES_QUEUE });
      handover.add(job.data);
      stopTimer({ outcome: 'completed' });
    },
    {
      connection: { url: config.redisUrl, ...connectionOptions, maxRetriesPerRequest: null },
      concurrency: config.jobConcurrency,
      // Another worker takes over the jobs of one that has not been heard of for this long.
      lockDuration: 3_000,
      stalledInterval: 1_500,
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
  return {
    async close() {
      await worker.close();
      await handover.close();
    },
  };
}
