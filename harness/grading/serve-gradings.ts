import { Worker } from 'bullmq';
import { messageOf } from '../domain/errors.ts';
import { sleep } from '../platform/clock.ts';
import { connectQueue, type GradingAnswer, type GradingJob, gradingQueue } from './grading-queue.ts';

const usualLockMs = 30_000;
/** What ends so many graders is not handed to another. */
const mostDeaths = 3;
const closeMs = 1_000;

/**
 * Takes submissions from the queue one at a time, until `signal`; what is being graded then goes back to the queue. A submission whose grader died is taken by another. Rejects with
 * `QUEUE_UNREACHABLE`.
 *
 * @param grade grades one; what it throws is tried again, here or elsewhere
 * @param options.lockMs a grader that says nothing for so long is taken for dead, milliseconds; default half a minute
 */
export async function serveGradings(
  url: string,
  grade: (job: GradingJob, say: (line: string) => void) => Promise<GradingAnswer>,
  say: (line: string) => void,
  { signal, lockMs = usualLockMs }: { readonly signal: AbortSignal; readonly lockMs?: number },
): Promise<void> {
  const connection = await connectQueue(url);
  const worker = new Worker<GradingJob, GradingAnswer>(
    gradingQueue,
    async (job) => {
      say(`Grading ${job.data.name}`);
      return grade(job.data, (line) => {
        say(line);
        void job.updateProgress(line).catch(() => {});
      });
    },
    { connection, concurrency: 1, lockDuration: lockMs, stalledInterval: lockMs / 2, maxStalledCount: mostDeaths },
  );
  worker.on('error', (error) => say(`The queue is in trouble: ${messageOf(error)}`));
  worker.on('failed', (job, error) =>
    say(`${job?.data.name ?? 'A submission'} could not be graded: ${messageOf(error)}`),
  );
  try {
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  } finally {
    await Promise.race([worker.close(), sleep(closeMs)]);
    connection.disconnect();
  }
}
