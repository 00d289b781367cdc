import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { usageError } from '../../domain/errors.ts';
import { runsDirectory } from '../../platform/files.ts';
import { similar } from '../similar.ts';

export interface FoundRun {
  readonly run: string;
  readonly directory: string;
}

/** The run of this name, or the latest one. Throws `RUN_UNKNOWN`, `NO_RUNS`. */
export function findRun(run?: string, runs = runsDirectory()): FoundRun {
  // Names begin with the time of the start, so the last one is the latest.
  const names = runNames(runs);
  const found = run ?? names.at(-1);
  if (found === undefined) throw usageError('NO_RUNS', 'There is no run yet.', 'gameday play <scenario>');
  if (names.includes(found)) return { run: found, directory: join(runs, found) };
  const meant = similar(found, names);
  throw usageError(
    'RUN_UNKNOWN',
    `There is no run "${found}".`,
    meant === undefined ? `known: ${names.slice(-5).join(', ') || 'none'}` : `did you mean ${meant}?`,
  );
}

/** Every run, oldest first. */
function runNames(runs = runsDirectory()): readonly string[] {
  return readdirSync(runs)
    .filter((name) => existsSync(join(runs, name, 'events.jsonl')))
    .sort();
}
