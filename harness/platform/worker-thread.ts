import { Worker } from 'node:worker_threads';

/**
 * Starts a worker thread whose entry is a TypeScript module, the same way under every supported Node version and under the
 * test runner. The entry reads `workerData` and `parentPort` from `node:worker_threads` as usual.
 */
export function startWorkerThread(entry: URL, workerData?: unknown): Worker {
  return new Worker(new URL('./worker-thread-entry.mjs', import.meta.url), {
    argv: [entry.href],
    workerData,
    // Not ours: flags such as `--import` would be applied a second time.
    execArgv: [],
  });
}
