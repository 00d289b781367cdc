import { parentPort, workerData } from 'node:worker_threads';
import { runClosedLoop } from './closed-loop.ts';
import type { CapacityThreadData } from './messages.ts';

const { plan, target, extent } = workerData as CapacityThreadData;
parentPort!.postMessage(await runClosedLoop(plan, new URL(target), extent));
