import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** An alarm clock that is precise to about a tenth of a millisecond and leaves the event loop free while it waits. */
export interface Pacer {
  /** Sets the one alarm, replacing the one before. @param at on the clock of `performance.now()` of this thread; Infinity for none */
  wakeAt(at: number): void;
  stop(): Promise<void>;
}

const FAR_NS = 2n ** 62n;
const STOP_NS = -1n;

/**
 * `setTimeout` rounds to whole milliseconds and is late by 0.6 ms on average. So a thread of its own sleeps on shared memory until
 * the alarm is due and then posts a message.
 */
export async function startPacer(onWake: () => void): Promise<Pacer> {
  const changes = new Int32Array(new SharedArrayBuffer(4));
  const dueNs = new BigInt64Array(new SharedArrayBuffer(8));
  dueNs[0] = FAR_NS;
  const worker = new Worker(new URL('./pacer-thread.mjs', import.meta.url), {
    workerData: { changes, dueNs },
    execArgv: [],
  });
  await once(worker, 'online');
  worker.on('message', onWake);
  // The clocks of threads differ in their origin; `hrtime` is the one they share.
  const originNs = process.hrtime.bigint() - BigInt(Math.round(performance.now() * 1e6));

  const set = (ns: bigint) => {
    Atomics.store(dueNs, 0, ns);
    Atomics.add(changes, 0, 1);
    Atomics.notify(changes, 0);
  };
  let stopped = false;
  return {
    wakeAt: (at) => {
      if (!stopped) set(Number.isFinite(at) ? originNs + BigInt(Math.round(at * 1e6)) : FAR_NS);
    },
    stop: async () => {
      stopped = true;
      const exited = once(worker, 'exit');
      set(STOP_NS);
      await exited;
    },
  };
}
