import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDirectory, runsDirectory } from '../../platform/files.ts';
import { runningGameDays } from '../control/find-running.ts';
import { directorySize } from './directory-size.ts';

export interface RemovableWishes {
  readonly runs: boolean;
  readonly cache: boolean;
  /** Only what was not changed for this long, milliseconds. */
  readonly olderThan?: number;
}

export interface Removable {
  readonly kind: 'run' | 'cache';
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
}

export interface Removables {
  readonly removable: readonly Removable[];
  /** What was asked for and stays, with the reason. */
  readonly kept: readonly { readonly name: string; readonly reason: string }[];
}

/** What may be removed: finished runs, and the cache while nobody plays. A run that is running, or whose address file is there, is never in it. */
export async function findRemovable(
  { runs, cache, olderThan = 0 }: RemovableWishes,
  now = Date.now(),
): Promise<Removables> {
  const running = await runningGameDays();
  const busy = new Set(running.map(({ directory }) => directory));
  const kept: { name: string; reason: string }[] = running.map(({ run }) => ({ name: run, reason: 'it is running' }));
  const old = (path: string) => now - statSync(path).mtimeMs >= olderThan;

  const finished = runs
    ? entries(runsDirectory()).filter((path) => !busy.has(path) && existsSync(join(path, 'events.jsonl')))
    : [];
  const cached = cache && running.length === 0 ? entries(cacheDirectory()) : [];
  if (cache && running.length > 0) kept.push({ name: 'the cache', reason: 'a running game day may be using it' });
  return {
    removable: [
      ...finished.filter((path) => old(join(path, 'events.jsonl'))).map((path) => removable('run', path)),
      ...cached.filter(old).map((path) => removable('cache', path)),
    ],
    kept,
  };
}

function removable(kind: Removable['kind'], path: string): Removable {
  return { kind, name: path.split('/').at(-1)!, path, bytes: directorySize(path) };
}

function entries(directory: string): readonly string[] {
  return readdirSync(directory)
    .sort()
    .map((name) => join(directory, name));
}
