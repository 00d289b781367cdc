import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheDirectory } from './cache-directory.mjs';

// Plain JavaScript, because it is needed before TypeScript can be read.

const keptDays = 7;

/**
 * Where compiled code is kept. Running processes may load parts of theirs later, so nobody removes it but `builtOnce`.
 *
 * @returns {string} absolute path
 */
export function codeDirectory() {
  return join(cacheDirectory(), 'code');
}

/**
 * A short name for `words` and the contents of `files`: the same ones give the same name.
 *
 * @param {readonly string[]} words
 * @param {readonly string[]} files absolute paths
 * @returns {string}
 */
export function digestOf(words, files) {
  const hash = createHash('sha256').update(JSON.stringify(words));
  for (const file of files) hash.update(`\0${file}\0`).update(readFileSync(file));
  return hash.digest('hex').slice(0, 24);
}

/**
 * The directory `<kind>/<digest>` of the code cache, filled by `build` if it is not there yet. `build` gets an empty directory. A build that fails or is
 * interrupted leaves no such directory, and of processes that build at the same time the first one wins. Others of the kind that were not used for a week go.
 *
 * @param {string} kind
 * @param {string} digest of everything that the result depends on
 * @param {(draft: string) => Promise<void>} build
 * @returns {Promise<string>} absolute path
 */
export async function builtOnce(kind, digest, build) {
  const directory = join(codeDirectory(), kind, digest);
  if (existsSync(directory)) {
    const now = new Date();
    utimesSync(directory, now, now);
    return directory;
  }
  mkdirSync(dirname(directory), { recursive: true });
  const draft = mkdtempSync(`${directory}.draft-`);
  try {
    await build(draft);
    renameSync(draft, directory);
  } catch (error) {
    if (!existsSync(directory)) throw error;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  removeUnused(dirname(directory));
  return directory;
}

function removeUnused(directory) {
  for (const name of readdirSync(directory)) {
    const path = join(directory, name);
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > keptDays * 86_400_000) rmSync(path, { recursive: true, force: true });
  }
}
