import { setMaxListeners } from 'node:events';

/** What goes on in the background while a fault lasts listens to `stop`. */
export interface StopSignal {
  /** Aborts when the run does, or on `end`. */
  readonly stop: AbortSignal;
  /** The fault is taken back. */
  end(): void;
}

/** Any number of waits may listen to it at once. */
export function stopSignal(signal: AbortSignal): StopSignal {
  const ending = new AbortController();
  const stop = AbortSignal.any([signal, ending.signal]);
  setMaxListeners(0, stop);
  return { stop, end: () => ending.abort(new Error('the fault is taken back')) };
}
