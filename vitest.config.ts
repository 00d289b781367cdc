import { cpus } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Where a machine wants the results as JSON, if anywhere. */
const report = process.env.GAMEDAY_TEST_REPORT;

/** They start no servers of ours and measure nothing: as many at a time as there are processors. */
const quick = ['test/unit/**/*.test.ts', 'test/golden/**/*.test.ts', 'test/floors.test.ts'];

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    ...(report && { reporters: ['default', ['json', { outputFile: report }]] }),
    projects: [
      {
        extends: true,
        test: {
          name: 'quick',
          include: quick,
          pool: 'threads',
          // A worker loads the harness once for all of its files: they leave nothing behind.
          isolate: false,
          maxWorkers: cpus().length,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'with servers',
          include: ['test/{contract,integration,cheats}/**/*.test.ts'],
          // They start real servers on two cores: files run one after the other so that they don't disturb each other's measurements.
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
