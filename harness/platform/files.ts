import { randomUUID } from 'node:crypto';
import {
  accessSync,
  closeSync,
  constants,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { reaper } from './reaper.ts';

/** Absolute path of the folder with `package.json`. */
export const projectRoot = resolve(fileURLToPath(new URL('../..', import.meta.url)));

export { cacheDirectory } from './cache-directory.mjs';

/** Where each run has its directory: `$GAMEDAY_RUNS`, else `runs` in the project. Created when missing. */
export function runsDirectory(): string {
  const directory = resolve(process.env.GAMEDAY_RUNS || join(projectRoot, 'runs'));
  mkdirSync(directory, { recursive: true });
  return directory;
}

/** Creates an empty directory, readable by this user only, which is gone at the latest when the harness is. */
export function temporaryDirectory(prefix: string): string {
  const path = mkdtempSync(join(tmpdir(), `gameday-${prefix}-`));
  reaper().directory(path);
  return path;
}

/** Removes a directory of `temporaryDirectory` with everything in it. Does nothing when it is gone. */
export function removeTemporaryDirectory(path: string): void {
  rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  reaper().release(path);
}

/** Writes a file so that a reader sees the old text or the new one and never a part, also after a crash. */
export function writeFileAtomic(path: string, text: string): void {
  const draft = `${path}.${randomUUID()}.tmp`;
  try {
    const file = openSync(draft, 'wx');
    try {
      writeSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** Absolute path of a program as the shell would find it, or undefined. */
export function onPath(binary: string): string | undefined {
  const directories = (process.env.PATH ?? '').split(delimiter).filter((directory) => directory !== '');
  return directories.map((directory) => resolve(directory, binary)).find(isExecutableFile);
}

function isExecutableFile(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
