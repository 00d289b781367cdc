import { cpus } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Where a machine wants the results as JSON, if anywhere. */
const report = process.env.GAMEDAY_TEST_REPORT;

/** They start no servers of ours and measure nothing: as many at a time as there are processors. */
const quick = ['test/unit/**/*.test.ts', 'test/golden/**/*.test.ts', 'test/floors.test.ts'];

const withServers = 'test/{contract,integration,cheats}/**/*.test.ts';

/** They play under load, or measure: each has the machine to itself, so that none disturbs what another measures. */
const measuring = [
  'test/cheats/{grade,grade-in-container,played}.test.ts',
  'test/contract/{fault,load-engine}.test.ts',
  'test/integration/{engines,faults,meters}/**/*.test.ts',
  'test/integration/proofs-at-a-time.test.ts',
];

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
          include: [withServers],
          exclude: measuring,
          // Much of their time they wait for servers to start.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'measuring',
          include: measuring,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
