import { environmentError, messageOf } from '../domain/errors.ts';

/** Resolves after `ms` milliseconds. Rejects with `signal.reason` as soon as `signal` aborts. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

/**
 * A signal that aborts when `signal` does, at the latest after `ms` milliseconds. In its place `AbortSignal.any([signal, AbortSignal.timeout(ms)])` may never abort:
 * nobody holds the timeout, so it is collected with its timer.
 */
export function atTheLatest(ms: number, signal: AbortSignal): AbortSignal {
  const late = new AbortController();
  setTimeout(() => late.abort(new DOMException(`It took more than ${ms} ms`, 'TimeoutError')), ms).unref();
  return AbortSignal.any([signal, late.signal]);
}

export interface UntilOptions {
  readonly timeoutMs: number;
  /** Pause between two probes, milliseconds. */
  readonly everyMs: number;
  readonly signal?: AbortSignal;
}

/**
 * Asks `probe` again and again until it answers with something other than `undefined` or `false`, and resolves to that.
 * A probe that throws counts as "not yet". A probe that hangs does not outlast the timeout.
 * Throws `TIMED_OUT` ("Waited … in vain for `what`") with the last error after `timeoutMs`, and `signal.reason` on abort.
 */
export async function until<T>(
  what: string,
  probe: () => Promise<T | undefined | false> | T | undefined | false,
  { timeoutMs, everyMs, signal }: UntilOptions,
): Promise<T> {
  const stop = new AbortController();
  const aborted = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
  let lastError: unknown;
  const probing = async (): Promise<T> => {
    for (;;) {
      try {
        const found = await probe();
        if (found !== undefined && found !== false) return found;
        lastError = undefined;
      } catch (error) {
        lastError = error;
      }
      await sleep(everyMs, aborted);
    }
  };
  const expiry = async (): Promise<never> => {
    await sleep(timeoutMs, aborted);
    const because = lastError === undefined ? '' : `: ${messageOf(lastError)}`;
    throw environmentError('TIMED_OUT', `Waited ${timeoutMs} ms in vain for ${what}${because}`, undefined, lastError);
  };
  try {
    return await Promise.race([probing(), expiry()]);
  } finally {
    stop.abort();
  }
}
