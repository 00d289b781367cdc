import { defineConfig } from 'vitest/config';

/** Where a machine wants the results as JSON, if anywhere. */
const report = process.env.GAMEDAY_TEST_REPORT;

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Integration tests start real servers on two cores: files run one after the other so that they don't disturb each other's measurements.
    fileParallelism: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    ...(report && { reporters: ['default', ['json', { outputFile: report }]] }),
  },
});
