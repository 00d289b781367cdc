import { messageOf } from '../domain/errors.ts';
import { sleep } from '../platform/clock.ts';

export interface Sampling {
  /** What went wrong last, if anything did. */
  problem(): string | undefined;
  /** Resolves when no sample is being taken any more. */
  stop(): Promise<void>;
}

/** Takes a sample every `ms` milliseconds, the first at once; never two at a time, so a slow one delays the next. A failed one is skipped. */
export function sampleEvery(ms: number, sample: () => Promise<void>): Sampling {
  const stopping = new AbortController();
  let problem: string | undefined;
  const loop = (async () => {
    while (!stopping.signal.aborted) {
      const started = performance.now();
      await sample().catch((error) => {
        problem = messageOf(error);
      });
      await sleep(Math.max(0, ms - (performance.now() - started)), stopping.signal).catch(() => {});
    }
  })();
  return {
    problem: () => problem,
    async stop() {
      stopping.abort();
      await loop;
    },
  };
}
