import { Queue, QueueEvents } from 'bullmq';
import { environmentError } from '../domain/errors.ts';
import { sleep } from '../platform/clock.ts';
import { connectQueue, type GradingAnswer, type GradingJob, gradingQueue } from './grading-queue.ts';

/** Answers are kept so long for whoever asks again, seconds. */
const keptSeconds = 7 * 24 * 3_600;
/** Closing can wait forever for a Redis that is gone. */
const closeMs = 1_000;

/**
 * Puts submissions on the queue and hands over each answer as it comes. One that is on the queue already is not put there again, and one that was answered before is answered at
 * once, so that whoever was interrupted asks again. Rejects with `GRADING_FAILED` when graders gave one up, and with the signal's reason on abort; then they stay on the queue.
 *
 * @param jobs by id
 * @param say gets what graders say meanwhile
 */
export async function sendGradings(
  url: string,
  jobs: ReadonlyMap<string, GradingJob>,
  {
    onAnswer,
    say,
  }: { readonly onAnswer: (id: string, answer: GradingAnswer) => Promise<void>; readonly say: (line: string) => void },
  signal: AbortSignal,
): Promise<void> {
  const connection = await connectQueue(url);
  const events = await connectQueue(url);
  const queue = new Queue<GradingJob, GradingAnswer>(gradingQueue, { connection });
  const listener = new QueueEvents(gradingQueue, { connection: events });
  const aborted = new Promise<never>((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
  );
  aborted.catch(() => {});
  try {
    await listener.waitUntilReady();
    listener.on('progress', ({ jobId, data }) => {
      const job = jobs.get(jobId);
      if (job && typeof data === 'string') say(`${job.name} ${data.trim()}`);
    });
    const answers = [...jobs].map(async ([id, job]) => {
      const waiting = await queue.add('grade', job, {
        jobId: id,
        attempts: 3,
        removeOnComplete: { age: keptSeconds },
        removeOnFail: true,
      });
      const answer = await waiting.waitUntilFinished(listener).catch((error: Error) => {
        throw environmentError('GRADING_FAILED', `No grader could grade ${job.name}: ${error.message}`);
      });
      await onAnswer(id, answer);
    });
    await Promise.race([aborted, Promise.all(answers)]);
  } finally {
    await Promise.race([Promise.allSettled([queue.close(), listener.close()]), sleep(closeMs)]);
    connection.disconnect();
    events.disconnect();
  }
}
