import { createHash } from 'node:crypto';
import type { ConnectionOptions } from 'bullmq';
import { Redis } from 'ioredis';
import { environmentError, messageOf } from '../domain/errors.ts';
import { withRedis } from '../services/redis/redis-client.ts';

/** Where submissions wait for a grader. */
export const gradingQueue = 'gameday-gradings';

/** A submission as it travels: whole, for a grader shares no files with whoever has it. */
export interface GradingJob {
  readonly name: string;
  /** The archive, base64. */
  readonly archive: string;
  readonly seed: number;
  readonly allowInstruments: boolean;
}

/** What comes back of it: whatever the grader says of the file, and the files of its folder by name. */
export interface GradingAnswer {
  readonly graded: object;
  readonly files: Readonly<Record<string, string>>;
}

/**
 * The same for the same archive and wishes, so that it waits once however often it is sent.
 * @param seed only when it was asked for; chance is no reason to grade again
 */
export function gradingId(archive: Buffer, seed: number | undefined, allowInstruments: boolean): string {
  return createHash('sha256')
    .update(archive)
    .update(`\0${seed ?? ''}\0${allowInstruments}`)
    .digest('hex');
}

/** A connection for queues, which wait for a Redis that is away for a while. Throws `QUEUE_UNREACHABLE` when there is none at all. */
export async function connectQueue(url: string): Promise<Redis & ConnectionOptions> {
  try {
    await withRedis(url, (redis) => redis.ping());
  } catch (error) {
    throw environmentError(
      'QUEUE_UNREACHABLE',
      `No Redis answers at ${url.replace(/\/\/[^@/]*@/, '//')}: ${messageOf(error)}.`,
      'Start one that all graders reach, and give its URL: --queue redis://host:6379',
      error,
    );
  }
  const redis = new Redis(url, { maxRetriesPerRequest: null });
  redis.on('error', () => {});
  return redis as Redis & ConnectionOptions;
}
