import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { projectRoot, removeTemporaryDirectory, temporaryDirectory } from '../../../harness/platform/files.ts';
import { startProcess } from '../../../harness/platform/processes.ts';
import { startWorkerThread } from '../../../harness/platform/worker-thread.ts';

const platform = (file: string) => pathToFileURL(join(projectRoot, 'harness', 'platform', file)).href;

const entry = `
  import { parentPort, workerData } from 'node:worker_threads';
  import { sleep } from '${join(projectRoot, 'harness', 'platform', 'clock.ts')}';
  interface Asked { readonly question: number }
  await sleep(1);
  parentPort!.postMessage((workerData as Asked).question * 2);`;

/** A TypeScript entry, outside of what the test runner transforms. */
function withEntry<T>(use: (url: URL) => Promise<T>): Promise<T> {
  const directory = temporaryDirectory('worker-test');
  const path = join(directory, 'entry.ts');
  writeFileSync(join(directory, 'package.json'), '{"type":"module"}');
  writeFileSync(path, entry);
  return use(pathToFileURL(path)).finally(() => removeTemporaryDirectory(directory));
}

describe('a worker thread', () => {
  it('runs TypeScript under the test runner', () =>
    withEntry(async (url) => {
      const worker = startWorkerThread(url, { question: 21 });
      const answer = await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
      expect(answer).toBe(42);
      await worker.terminate();
    }));

  it('runs TypeScript under tsx, and ends with the process', () =>
    withEntry(async (url) => {
      const code = `
        import { startWorkerThread } from '${platform('worker-thread.ts')}';
        startWorkerThread(new URL('${url.href}'), { question: 21 }).on('message', (answer) => console.log('answer', answer));`;
      const args = ['--import', 'tsx', '--input-type=module', '-e', code];
      const child = startProcess({ name: 'host', command: process.execPath, args, cwd: projectRoot });
      expect(await child.exited).toEqual({ code: 0, signal: null });
      expect(child.tail()).toContain('answer 42');
    }));
});
