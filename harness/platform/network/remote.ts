import type { MessagePort, Worker } from 'node:worker_threads';
import { ExitCode, GamedayError, messageOf } from '../../domain/errors.ts';

/** Objects living in another thread are named by numbers; this is the one that exists from the start. */
export const rootHandle = 0;

interface Call {
  readonly id: number;
  readonly handle: number;
  readonly method: string;
  readonly args: readonly unknown[];
}

type Answer = { readonly id: number; readonly value: unknown } | { readonly id: number; readonly problem: string };

/** The methods of `T` that can be called from another thread. */
type MethodOf<T> = { [K in keyof T]: T[K] extends (...args: never[]) => unknown ? K : never }[keyof T] & string;
type ArgsOf<F> = F extends (...args: infer A) => unknown ? A : never;
type ResultOf<F> = F extends (...args: never[]) => infer R ? Awaited<R> : never;

/** Calls methods of one object in the other thread. */
export type Remote<T> = <M extends MethodOf<T>>(method: M, ...args: ArgsOf<T[M]>) => Promise<ResultOf<T[M]>>;

/**
 * Gives access to the objects of a worker thread that runs `serveRemotes`. A call rejects with `NETWORK_FAILED` when the method
 * throws, and when the thread has ended or ends before it answers.
 */
export function createRemotes(worker: Worker): { remote<T>(handle: number): Remote<T> } {
  const pending = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void }>();
  let calls = 0;
  let ended: GamedayError | undefined;

  const end = (problem: string) => {
    ended ??= networkFailed(problem);
    for (const call of pending.values()) call.reject(ended);
    pending.clear();
  };
  worker.on('error', (error) => end(`The network thread failed: ${messageOf(error)}`));
  worker.on('exit', () => end('The network is closed'));
  worker.on('message', (answer: Answer) => {
    const call = pending.get(answer.id);
    pending.delete(answer.id);
    if ('problem' in answer) call?.reject(networkFailed(answer.problem));
    else call?.resolve(answer.value);
  });

  return {
    remote:
      <T>(handle: number): Remote<T> =>
      (method, ...args) =>
        new Promise((resolve, reject) => {
          if (ended) {
            reject(ended);
            return;
          }
          calls += 1;
          pending.set(calls, { resolve: resolve as (value: unknown) => void, reject });
          worker.postMessage({ id: calls, handle, method, args } satisfies Call);
        }),
  };
}

/** Answers the calls that come through `port` with the objects in `objects`. */
export function serveRemotes(port: MessagePort, objects: ReadonlyMap<number, object>): void {
  port.on('message', async ({ id, handle, method, args }: Call) => {
    let answer: Answer;
    try {
      const object = objects.get(handle) as Record<string, (...args: readonly unknown[]) => unknown> | undefined;
      if (object === undefined) throw new Error('It is closed already');
      answer = { id, value: await object[method]?.(...args) };
    } catch (error) {
      answer = { id, problem: messageOf(error) };
    }
    port.postMessage(answer);
  });
}

function networkFailed(message: string): GamedayError {
  return new GamedayError({ code: 'NETWORK_FAILED', message, exitCode: ExitCode.internal });
}
