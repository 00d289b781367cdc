import { join } from 'node:path';
import { measureCapacity } from '../engines/capacity.ts';
import { followAppMetrics } from '../meters/metrics-scraper.ts';
import { removeTemporaryDirectory, temporaryDirectory } from '../platform/files.ts';
import { createUndoStack } from '../platform/undo-stack.ts';
import { originalApp } from '../run/workspace.ts';
import { type AppArm, raiseAppArm, requestsPerCpuSecond } from './app-arm.ts';
import { copyAppWithoutMetrics } from './app-without-metrics.ts';
import type { Bench } from './bench.ts';
import { inTurns } from './in-turns.ts';
import { absolute, atMost } from './limit.ts';

/** Its requests are cheap, most are answered from the cache: what metrics cost is a larger part of them than of others. */
const SCENARIO = 'still-active';
/** Many, because the difference is small. */
const ROUNDS = 15;
const SECONDS = 3;
/** Of what the app can serve: it is busy, and nothing has to wait. */
const SHARE_OF_CAPACITY = 0.5;
const TO_CAPACITY = { concurrency: 24, answers: 4_000, seconds: 5 };
const TARGET_PERCENT = 3;

/**
 * What its metrics take of the requests that the app serves per second of processor time: the same load on the app as it is, with every process scraped once a
 * second as in a game day, and on an app that has no metrics, in turns.
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
      const measured = await raiseAppArm(undo, SCENARIO, originalApp);
      const unmeasured = await raiseAppArm(undo, SCENARIO, join(source, 'sandbox-app'));
      const capacity = await measureCapacity(measured.loadPlan, measured.sandbox.app.entry, TO_CAPACITY);
      const rate = capacity * SHARE_OF_CAPACITY;
      const rounds = await inTurns(ROUNDS, {
        measured: () => whileScraped(measured, () => requestsPerCpuSecond(measured, rate, SECONDS)),
        unmeasured: () => requestsPerCpuSecond(unmeasured, rate, SECONDS),
      });
      const losses = rounds.map(({ measured: within, unmeasured: without }) => 100 * (1 - within / without));
      return [
        absolute({ figure: 'requests per CPU second lost', unit: '%', ours: losses }, atMost(TARGET_PERCENT, '%')),
      ];
    } finally {
      await undo.unwind();
    }
  },
};

async function whileScraped<T>({ sandbox }: AppArm, work: () => Promise<T>): Promise<T> {
  const scrapes = followAppMetrics(sandbox, () => {});
  try {
    return await work();
  } finally {
    await scrapes.stop();
  }
}
