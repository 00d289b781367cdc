import { Readable } from 'node:stream';
import { environmentError, messageOf } from '../../domain/errors.ts';
import type { LoadEngine, PreparedLoad, RunningLoad, StopPatience } from '../../domain/load.ts';
import type { LoadPlan } from '../../domain/workload.ts';
import { startWorkerThread } from '../../platform/worker-thread.ts';
import type { Spacing } from '../arrivals.ts';
import { createRequestSequence } from '../request-sequence.ts';
import type { LoadCommand, LoadEvent, LoadThreadData } from './messages.ts';

/** Beyond its patience, how long a stopping thread gets to send its last sample before it is terminated. */
const STOP_GRACE_MS = 2000;
/** Samples kept for a consumer that is behind: more than any run has. */
const SAMPLES_KEPT = 100_000;

async function prepareEmbedded(plan: LoadPlan, target: URL, spacing: Spacing): Promise<PreparedLoad> {
  // Compiled here only so that an invalid plan is refused with a readable error before a thread exists.
  createRequestSequence(plan);

  const data: LoadThreadData = { plan, target: target.href, spacing };
  const worker = startWorkerThread(new URL('./load-thread.ts', import.meta.url), data);
  const tell = (command: LoadCommand) => worker.postMessage(command);
  const samples = new Readable({ objectMode: true, highWaterMark: SAMPLES_KEPT, read: () => {} });
  const waiting: ((at: number) => void)[] = [];
  let stopped = false;

  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const died = new Promise<never>((_, reject) => {
    const reason = (why: string) =>
      environmentError('LOAD_ENGINE_DIED', `The embedded load engine ended by itself: ${why}.`);
    worker.once('error', (error) => reject(reason(messageOf(error))));
    worker.once('exit', (code) => reject(reason(`exit code ${code}`)));
  });
  samples.on('error', () => {});
  died.catch((error) => {
    if (!stopped) samples.destroy(error);
  });
  worker.on('message', (event: LoadEvent) => {
    if (event.type === 'sample') samples.push(event.sample);
    else if (event.type === 'done') waiting.shift()?.(event.at);
    else {
      stopped = true;
      samples.push(null);
    }
  });
  const done = () => Promise.race([new Promise<number>((resolve) => waiting.push(resolve)), died]);
  await done();

  const stop = async ({ waitMs = plan.timeoutMs }: StopPatience) => {
    tell({ type: 'stop', waitMs });
    const overdue = setTimeout(() => worker.terminate(), waitMs + STOP_GRACE_MS);
    await exited;
    clearTimeout(overdue);
  };
  let stopping: Promise<void> | undefined;
  const running: RunningLoad = {
    samples,
    shape: (stages) => tell({ type: 'shape', stages }),
    mark: () => {
      tell({ type: 'mark' });
      return done();
    },
    stop: (patience = {}) => {
      stopping ??= stop(patience);
      return stopping;
    },
  };
  return {
    async start(ratePerSecond) {
      tell({ type: 'start', ratePerSecond });
      await done();
      return running;
    },
    async discard() {
      await worker.terminate();
    },
  };
}

/**
 * The load engine that needs nothing but Node: an open model in a worker thread of its own.
 *
 * @param spacing `poisson` for realistic traffic (the default of `embeddedEngine`), `even` to measure the engine against a formula
 */
export function createEmbeddedEngine(spacing: Spacing): LoadEngine {
  return {
    name: 'embedded',
    declines: async ({ script }) =>
      script === undefined ? undefined : 'its requests are sent by a script of k6; play it with --engine k6',
    prepare: (plan, target) => prepareEmbedded(plan, target, spacing),
  };
}

export const embeddedEngine = createEmbeddedEngine('poisson');
