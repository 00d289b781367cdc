// The thread behind pacer.ts. Plain JavaScript, so that it starts in milliseconds without a TypeScript loader.
import { parentPort, workerData } from 'node:worker_threads';

const { changes, dueNs } = workerData;

for (;;) {
  const seen = Atomics.load(changes, 0);
  const due = Atomics.load(dueNs, 0);
  if (due < 0n) break;
  const waitMs = Number(due - process.hrtime.bigint()) / 1e6;
  if (waitMs > 0) {
    Atomics.wait(changes, 0, seen, waitMs);
  } else {
    parentPort.postMessage(null);
    // Nothing to do until the engine has said when to wake it next.
    Atomics.wait(changes, 0, seen);
  }
}
