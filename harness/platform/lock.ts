import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { sleep } from './clock.ts';
import { markedProcess, processMark } from './process-mark.ts';

/**
 * Runs `work` while holding a lock file, so that two processes don't do the same work at once. A lock whose owner has ended is taken over.
 * `onWait` is told once when somebody else holds it. Waiting rejects with the signal's reason on abort.
 */
export async function withLock<T>(
  path: string,
  onWait: () => void,
  work: () => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  await mkdir(dirname(path), { recursive: true });
  for (let waited = false; !(await acquire(path)); await sleep(100, signal)) {
    if (!waited) onWait();
    waited = true;
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function acquire(path: string): Promise<boolean> {
  try {
    await writeFile(path, processMark(), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const mark = await readFile(path, 'utf8').catch(() => '');
    if (mark !== '' && markedProcess(mark) === undefined) await rm(path, { force: true });
    return false;
  }
}
