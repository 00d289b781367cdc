import type { Queue } from 'bullmq';
import { withDeadline } from './deadline.ts';
import type { Logger } from './logger.ts';

const COUNT_MS = 1_000;

/** Jobs by state; empty while Redis cannot be reached. */
export async function jobCounts(queue: Queue, logger: Logger): Promise<Record<string, number>> {
  try {
    return await withDeadline(queue.getJobCounts('waiting', 'active', 'delayed', 'failed'), COUNT_MS, 'counting jobs');
  } catch (error) {
    logger.warn({ reason: (error as Error).message }, 'queue depth unavailable');
    return {};
  }
}

/** Seconds since the oldest of the jobs that wait, for their turn or for a retry, was added; 0 without any, undefined while Redis cannot be reached. */
export async function oldestJobAge(queue: Queue, logger: Logger): Promise<number | undefined> {
  try {
    const oldest = await withDeadline(queue.getJobs(['waiting', 'delayed'], 0, 0, true), COUNT_MS, 'reading jobs');
    const now = Date.now();
    return Math.max(0, ...oldest.filter((job) => job).map((job) => (now - job.timestamp) / 1_000));
  } catch (error) {
    logger.warn({ reason: (error as Error).message }, 'queue age unavailable');
    return undefined;
  }
}
