import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TakeHome } from '../domain/take-home.ts';
import { projectRoot } from '../platform/files.ts';

/** Marks the root of a take-home. */
export const takeHomeFile = 'take-home.json';

/** What this project was packed as; undefined in the project itself. */
export function thisTakeHome(): TakeHome | undefined {
  const file = join(projectRoot, takeHomeFile);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as TakeHome) : undefined;
}
