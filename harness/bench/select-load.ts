import { fork } from 'node:child_process';
import { once } from 'node:events';
import { environmentError } from '../domain/errors.ts';

/** What was answered in a while. */
export interface SelectCount {
  readonly transactions: number;
  /** Median time of one select, in microseconds. */
  readonly p50Us: number;
}

/** Clients that select as fast as they are answered. */
export interface SelectLoad {
  /** What was answered since it was last asked, or since the start. */
  count(): Promise<SelectCount>;
  stop(): Promise<void>;
}

/** Where the selects go. The table has a `balance` for every `id` from 1 to `rows`. */
export interface SelectTarget {
  readonly url: string;
  readonly table: string;
  readonly rows: number;
}

/** Starts select-load.mjs, which ends by itself when this process does. Throws `BENCH_FAILED` when it ends before it has been stopped. */
export async function startSelectLoad({ url, table, rows }: SelectTarget, connections: number): Promise<SelectLoad> {
  const child = fork(new URL('./select-load.mjs', import.meta.url), [url, table, String(rows)], { execArgv: [] });
  const exited = once(child, 'exit');
  const lost = exited.then(([code]) => {
    throw environmentError('BENCH_FAILED', `the client of PostgreSQL ended with ${code}`);
  });
  lost.catch(() => {});
  const ask = async (message: object) => {
    child.send(message);
    return (await Promise.race([once(child, 'message'), lost]))[0];
  };
  await ask({ connections });
  return {
    count: () => ask({ count: true }) as Promise<SelectCount>,
    stop: async () => {
      child.disconnect();
      await exited;
    },
  };
}
