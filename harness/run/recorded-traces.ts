import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Trace } from '../domain/trace.ts';
import { tracesFile } from './run-directory.ts';

/** The traces kept of a run, oldest first, also while it is running; none of one that was not traced. */
export function recordedTraces(directory: string): readonly Trace[] {
  return textOf(join(directory, tracesFile))
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Trace);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
