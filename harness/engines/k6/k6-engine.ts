import { Readable } from 'node:stream';
import { environmentError } from '../../domain/errors.ts';
import type { LoadEngine, PreparedLoad, StopPatience } from '../../domain/load.ts';
import { constantRate, type LoadPlan } from '../../domain/workload.ts';
import { sleep } from '../../platform/clock.ts';
import { removeTemporaryDirectory, temporaryDirectory } from '../../platform/files.ts';
import { createRequestSequence } from '../request-sequence.ts';
import { courseOf } from './arrival-executor.ts';
import { writeK6Folder } from './k6-folder.ts';
import { findK6 } from './k6-program.ts';
import { startK6Run } from './k6-run.ts';
import { createK6Samples, WRITTEN_MS } from './k6-samples.ts';
import { createK6Sender, type K6Sender } from './k6-sender.ts';
import { startOwnScriptRun } from './own-script-run.ts';

const INTERVAL_MS = 1_000;
/** Samples kept for a consumer that is behind: more than any run has. */
const SAMPLES_KEPT = 100_000;

async function prepareK6(plan: LoadPlan, target: URL): Promise<PreparedLoad> {
  const program = await findK6();
  if ('missing' in program) throw environmentError('ENGINE_MISSING', `There is no k6: ${program.missing}`);
  const folder = temporaryDirectory('k6');
  let sender: K6Sender | undefined;
  let interval: NodeJS.Timeout | undefined;
  const discard = async () => {
    clearInterval(interval);
    await sender?.end();
    removeTemporaryDirectory(folder);
  };
  try {
    createRequestSequence(plan);
    if (plan.script === undefined) await writeK6Folder(folder, plan, courseOf(1, constantRate(1)));
  } catch (error) {
    await discard();
    throw error;
  }

  return {
    discard,
    async start(ratePerSecond) {
      const samples = new Readable({ objectMode: true, highWaterMark: SAMPLES_KEPT, read: () => {} });
      samples.on('error', () => {});
      const startedAt = Date.now();
      const measured = createK6Samples(plan, startedAt);
      const { script } = plan;
      sender = createK6Sender({
        start: (course, onEvent) => {
          const options = { program, target, course, onEvent };
          const names = plan.requests.map(({ name }) => name);
          return script === undefined
            ? startK6Run({ ...options, folder })
            : startOwnScriptRun({ ...options, script, names });
        },
        track: (course) => measured.track(course, script === undefined ? 'even' : 'unknown'),
      });
      const sending = sender;
      void sending.lost.catch((error) => samples.destroy(error));

      // One after the other, each when everything that happened before it has been written.
      let emitted = Promise.resolve();
      const emit = (after?: () => void, last?: 'last') => {
        const to = Date.now();
        emitted = emitted.then(async () => {
          await sleep(Math.max(0, to + WRITTEN_MS - Date.now()));
          samples.push(await measured.cut(to, last));
          after?.();
        });
        return to;
      };
      sending.shape(courseOf(ratePerSecond, constantRate(1)));
      await Promise.race([sending.settled(), sending.lost]);
      const restartInterval = () => {
        clearInterval(interval);
        interval = setInterval(emit, INTERVAL_MS);
      };
      restartInterval();

      const finish = async (waitMs: number) => {
        await sending.halt();
        const deadline = Date.now() + waitMs;
        await sleep(WRITTEN_MS);
        while (sending.inFlight() > 0 && Date.now() < deadline) await sleep(10);
        clearInterval(interval);
        emit(undefined, 'last');
        await emitted;
        samples.push(null);
      };
      const stop = async ({ waitMs = plan.timeoutMs }: StopPatience) => {
        // That k6 has died is said to whoever reads the samples.
        await Promise.race([finish(waitMs), sending.lost]).catch((error) => samples.destroy(error));
        await discard();
      };
      let stopping: Promise<void> | undefined;
      return {
        samples,
        shape: (stages) => sending.shape(courseOf(ratePerSecond, stages)),
        async mark() {
          await Promise.race([sending.settled(), sending.lost]);
          restartInterval();
          return emit(measured.mark);
        },
        stop: (patience = {}) => {
          stopping ??= stop(patience);
          return stopping;
        },
      };
    },
  };
}

/**
 * Real k6, which plays the plan's workload with its open-model executors: arrivals are spaced evenly, and what finds no free virtual user is dropped.
 * A change of the rate starts another process of k6, and takes effect when it is ready, after half a second to a second; `mark` waits for that.
 */
export const k6Engine: LoadEngine = {
  name: 'k6',
  async declines() {
    const program = await findK6();
    return 'missing' in program ? program.missing : undefined;
  },
  prepare: prepareK6,
};
