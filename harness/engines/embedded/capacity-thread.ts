import { parentPort, workerData } from 'node:worker_threads';
import { runClosedLoop } from './closed-loop.ts';
import type { CapacityThreadData } from './messages.ts';
import { warmUp } from './warm-up.ts';

const { plan, target, seconds, concurrency } = workerData as CapacityThreadData;

await warmUp(plan);
parentPort!.postMessage(await runClosedLoop(plan, new URL(target), { seconds, concurrency }));
