import { expect, test } from 'vitest';
import { readProcessTree, sumOfPs } from '../../../harness/meters/process-tree.ts';

test('reads this process, and nothing of one that is not there', async () => {
  const first = await readProcessTree(process.pid);
  const until = performance.now() + 60;
  while (performance.now() < until);
  const second = await readProcessTree(process.pid);
  expect(second!.cpuSeconds).toBeGreaterThan(first!.cpuSeconds);
  expect(second!.rssBytes / process.memoryUsage.rss()).toBeCloseTo(1, 0);
  expect(await readProcessTree(2 ** 22 + 1)).toBeUndefined();
});

test('ps: a process and its children', () => {
  const output = `    1     0   1000 1-00:00:01
  100     1   2048   0:01.50
  101   100   1024   1:00.25
  102   101   4096   0:09.00
  200     1   4096   0:09.00
`;
  expect(sumOfPs(output, 100)).toEqual({ cpuSeconds: 61.75, rssBytes: 3_072 * 1_024 });
  expect(sumOfPs(output, 1)!.cpuSeconds).toBe(86_401 + 1.5 + 9);
  expect(sumOfPs(output, 999)).toBeUndefined();
});
