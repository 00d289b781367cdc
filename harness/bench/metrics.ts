import { join } from 'node:path';
import { measureCapacity } from '../engines/capacity.ts';
import { followAppMetrics } from '../meters/metrics-scraper.ts';
import { removeTemporaryDirectory, temporaryDirectory } from '../platform/files.ts';
import { createUndoStack } from '../platform/undo-stack.ts';
import { originalApp } from '../run/workspace.ts';
import { raiseAppArm } from './app-arm.ts';
import { copyAppWithoutMetrics } from './app-without-metrics.ts';
import type { Bench } from './bench.ts';
import { absolute, atMost } from './limit.ts';
import { lossSideBySide } from './side-by-side.ts';

/** Its requests are cheap, most are answered from the cache: what metrics cost is a larger part of them than of others. */
const SCENARIO = 'still-active';
/** Of what one app can serve: both are busy, and nothing has to wait. */
const SHARE_OF_CAPACITY = 0.3;
const TO_CAPACITY = { concurrency: 24, warmUpSeconds: 0.5, answers: 4_000, seconds: 5 };
const TARGET_PERCENT = 3;

/**
 * What its metrics take of the requests that the app serves per second of processor time: the same load on the app as it is, with every process scraped as
 * in a game day, and on an app that has no metrics.
 */
export const metrics: Bench = {
  name: 'metrics',
  about: 'requests per CPU second that metrics cost the app',
  async run() {
    const undo = createUndoStack();
    try {
      const source = temporaryDirectory('bench-app');
      undo.push('source', async () => removeTemporaryDirectory(source));
      await copyAppWithoutMetrics(join(source, 'sandbox-app'));
      const losses = await lossSideBySide({
        without: (pair) => raiseAppArm(pair, SCENARIO, join(source, 'sandbox-app')),
        within: async (pair) => {
          const arm = await raiseAppArm(pair, SCENARIO, originalApp);
          const scrapes = followAppMetrics(arm.sandbox, () => {});
          pair.push('scrapes', () => scrapes.stop());
          return arm;
        },
        ratePerSecond: async ({ loadPlan, sandbox }) =>
          SHARE_OF_CAPACITY * (await measureCapacity(loadPlan, sandbox.app.entry, TO_CAPACITY)),
      });
      return [
        absolute({ figure: 'requests per CPU second lost', unit: '%', ours: losses }, atMost(TARGET_PERCENT, '%')),
      ];
    } finally {
      await undo.unwind();
    }
  },
};
