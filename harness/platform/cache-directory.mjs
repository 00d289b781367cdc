import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * Where seeded databases, compiled code and other reusable things are kept: `$GAMEDAY_CACHE`, else `gameday` in the XDG cache directory. Created
 * when missing. Plain JavaScript because it is needed before TypeScript can be read.
 *
 * @returns {string} absolute path
 */
export function cacheDirectory() {
  const xdg = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  const directory = resolve(process.env.GAMEDAY_CACHE || join(xdg, 'gameday'));
  mkdirSync(directory, { recursive: true });
  return directory;
}
