import { originalApp } from '../run/workspace.ts';
import { raiseAppArm } from './app-arm.ts';
import type { Bench } from './bench.ts';
import { absolute, atMost } from './limit.ts';
import { lossSideBySide } from './side-by-side.ts';

const SCENARIO = 'slow-account-list';
/** Requests per second, few enough for two apps side by side. */
const RATE = 40;
const TARGET_PERCENT = 10;

/**
 * What tracing as game days have it takes of the requests that the app serves per second of CPU time: the same load on two apps that
 * differ in nothing else. A hundred statements per request, as in this scenario, are the worst case: each is a
 * span.
 */
export const tracing: Bench = {
  name: 'tracing',
  about: 'requests per CPU second that tracing costs the app',
  async run() {
    const losses = await lossSideBySide({
      without: (pair) => raiseAppArm(pair, SCENARIO, originalApp),
      within: (pair) => raiseAppArm(pair, SCENARIO, originalApp, { traced: true }),
      ratePerSecond: RATE,
    });
    return [absolute({ figure: 'requests per CPU second lost', unit: '%', ours: losses }, atMost(TARGET_PERCENT, '%'))];
  },
};
