import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { runsDirectory } from '../platform/files.ts';

/** The file of a run's directory with the traces that were kept of it, one a line. */
export const tracesFile = 'traces.jsonl';

/** Makes the directory of a new run, named so that a listing sorts by time: `20261123-101500-<scenario>`. */
export function createRunDirectory(scenario: string, now: Date): { readonly run: string; readonly directory: string } {
  const stamp = now.toISOString().replaceAll(/[-:]/g, '').replace('T', '-').slice(0, 15);
  for (let attempt = 1; ; attempt++) {
    const run = `${stamp}-${scenario}${attempt === 1 ? '' : `-${attempt}`}`;
    const directory = join(runsDirectory(), run);
    try {
      mkdirSync(directory);
      return { run, directory };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}
