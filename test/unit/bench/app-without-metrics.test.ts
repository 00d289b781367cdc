import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { copyAppWithoutMetrics } from '../../../harness/bench/app-without-metrics.ts';
import { originalApp } from '../../../harness/run/workspace.ts';

const filesWith = async (source: string, words: RegExp) => {
  const files = (await readdir(join(source, 'src'), { recursive: true })).filter((file) => file.endsWith('.ts'));
  const texts = await Promise.all(files.map((file) => readFile(join(source, 'src', file), 'utf8')));
  return files.filter((_, index) => words.test(texts[index]!));
};

it('leaves nothing of prom-client and nothing that watches requests in the app', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'gameday-test-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  await copyAppWithoutMetrics(join(directory, 'app'));
  const metrics = /from 'prom-client'|requestMetrics\(services/;
  expect(await filesWith(originalApp, metrics)).toHaveLength(2);
  expect(await filesWith(join(directory, 'app'), metrics)).toEqual([]);
});
