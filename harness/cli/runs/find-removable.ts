import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { codeDirectory } from '../../platform/code-cache.mjs';
import { cacheDirectory, runsDirectory } from '../../platform/files.ts';
import { readJournal } from '../../run/journal.ts';
import { cachedTemplates, templateRoots } from '../../services/company/template-use.ts';
import { runningGameDays } from '../control/find-running.ts';
import { directorySize } from './directory-size.ts';

export interface RemovableWishes {
  readonly runs: boolean;
  readonly cache: boolean;
  /** Only what was not changed for this long, milliseconds. */
  readonly olderThan?: number;
}

interface Removable {
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

/** A run that boots has no address yet. Its journal was written to within this time, milliseconds: the longest boot seeds a large database. */
const longestBootMs = 10 * 60_000;

/**
 * What may be removed: finished runs, seeded databases that no process on this machine uses or builds (a game day of other runs or a proof would), and
 * the rest of the cache while nobody plays. What is running, or may be about to, is kept with the reason.
 */
export async function findRemovable(wishes: RemovableWishes, now = Date.now()): Promise<Removables> {
  const { olderThan = 0 } = wishes;
  const answering = new Set((await runningGameDays()).map(({ directory }) => directory));
  // What vanishes meanwhile is young.
  const age = (path: string) => now - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? now);
  const runs = entries(runsDirectory()).filter((path) => existsSync(journalOf(path)));
  const busy = runs.filter((path) => answering.has(path) || (age(journalOf(path)) < longestBootMs && !hasEnded(path)));
  const finished = runs.filter((path) => !busy.includes(path));
  const roots = templateRoots();
  const templates = wishes.cache ? roots.flatMap(cachedTemplates).filter(({ path }) => age(path) >= olderThan) : [];
  const others = entries(cacheDirectory()).filter(
    (path) => wishes.cache && ![...roots, codeDirectory()].includes(path),
  );
  return {
    removable: [
      ...finished
        .filter((path) => wishes.runs && age(journalOf(path)) >= olderThan)
        .map((path) => removable('run', path)),
      ...templates.filter(({ user }) => user === undefined).map(({ path }) => removable('cache', path)),
      ...others.filter((path) => busy.length === 0 && age(path) >= olderThan).map((path) => removable('cache', path)),
    ],
    kept: [
      ...busy.map((path) => ({
        name: basename(path),
        reason: answering.has(path) ? 'it is running' : 'it may be starting, or was killed a moment ago',
      })),
      ...templates.flatMap(({ path, user }) =>
        user === undefined ? [] : [{ name: basename(path), reason: `process ${user} is using it` }],
      ),
      ...(busy.length > 0 && others.length > 0
        ? [{ name: 'the rest of the cache', reason: 'a game day may be using it' }]
        : []),
    ],
  };
}

const journalOf = (path: string) => join(path, 'events.jsonl');

function hasEnded(path: string): boolean {
  try {
    return readJournal(journalOf(path)).some((event) => event.type === 'run.ended');
  } catch {
    return true;
  }
}

function removable(kind: Removable['kind'], path: string): Removable {
  return { kind, name: basename(path), path, bytes: directorySize(path) };
}

function entries(directory: string): readonly string[] {
  return readdirSync(directory)
    .sort()
    .map((name) => join(directory, name));
}
