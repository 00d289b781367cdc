import { createUndoStack } from '../platform/undo-stack.ts';
import { originalApp } from '../run/workspace.ts';
import { raiseAppArm, requestsPerCpuSecond } from './app-arm.ts';
import type { Bench } from './bench.ts';
import { absolute, atMost } from './limit.ts';

const SCENARIO = 'slow-account-list';
const ROUNDS = 15;
const SECONDS = 6;
/** For the compilers: what is traced is a small share, and takes long to get hot. */
const WARM_UP_SECONDS = 30;
/** Requests per second, few enough for two apps side by side. */
const RATE = 20;
const TARGET_PERCENT = 10;

/**
 * What tracing as game days have it takes of the requests that the app serves per second of CPU time: the same load on two apps that differ in nothing
 * else, at the same time, so that whatever else the machine does meets both. A hundred statements per request, as in this scenario, are the worst case: each is a
 * span.
 */
export const tracing: Bench = {
  name: 'tracing',
  about: 'requests per CPU second that tracing costs the app',
  async run() {
    const undo = createUndoStack();
    try {
      const plain = await raiseAppArm(undo, SCENARIO, originalApp);
      const traced = await raiseAppArm(undo, SCENARIO, originalApp, { traced: true });
      const lossOver = async (seconds: number) => {
        const arms = [plain, traced].map((arm) => requestsPerCpuSecond(arm, RATE, seconds));
        const [without, within] = (await Promise.all(arms)) as [number, number];
        return 100 * (1 - within / without);
      };
      await lossOver(WARM_UP_SECONDS);
      const losses: number[] = [];
      for (let round = 0; round < ROUNDS; round++) losses.push(await lossOver(SECONDS));
      return [
        absolute({ figure: 'requests per CPU second lost', unit: '%', ours: losses }, atMost(TARGET_PERCENT, '%')),
      ];
    } finally {
      await undo.unwind();
    }
  },
};
