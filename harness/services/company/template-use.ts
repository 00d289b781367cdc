import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { cacheDirectory } from '../../platform/files.ts';
import { markedProcess, processMark } from '../../platform/process-mark.ts';

/** Where templates may be kept, in order of preference. A directory that the user named is not given up for another one. */
export function templateRoots(): readonly string[] {
  const own = join(cacheDirectory(), 'company');
  return process.env.GAMEDAY_CACHE ? [own] : [own, '/var/cache/gameday/company'];
}

let holds = 0;

/**
 * Notes beside the template (or where it will be) that this process uses it, until the returned function is called or the process has ended.
 * Servers read a template's files as long as they run.
 */
export function holdTemplate(directory: string): () => void {
  const note = `${directory}.used.${process.pid}.${holds++}`;
  writeFileSync(note, processMark());
  return () => rmSync(note, { force: true });
}

/** A template, or a part of one that is being built. */
interface CachedTemplate {
  readonly path: string;
  /** The process that builds or uses it now. */
  readonly user?: number;
}

/** Everything that is kept in `root`. Notes of processes that have ended are removed. */
export function cachedTemplates(root: string): readonly CachedTemplate[] {
  const names = readNames(root);
  const users = new Map(
    names.filter(isNote).flatMap((name) => {
      const user = userIn(join(root, name));
      return user === undefined ? [] : [[templateOf(name), user] as const];
    }),
  );
  return names
    .filter((name) => !isNote(name))
    .map((name) => {
      const user = users.get(templateOf(name));
      return { path: join(root, name), ...(user !== undefined && { user }) };
    });
}

/** The process that builds or uses the template in `directory` now. */
export function templateUser(directory: string): number | undefined {
  return cachedTemplates(dirname(directory)).find(({ path }) => basename(path) === basename(directory))?.user;
}

/** Locks and uses: `default-86a8.lock`, `default-86a8.used.4711.0`. */
const isNote = (name: string) => /\.(lock|used\.[\d.]+)$/.test(name);
const templateOf = (name: string) => name.split('.', 1)[0];

/** One that is empty is being written at this moment. */
function userIn(note: string): number | undefined {
  const mark = readText(note);
  const user = markedProcess(mark);
  if (mark !== '' && user === undefined) rmSync(note, { force: true });
  return user;
}

function readNames(root: string): readonly string[] {
  try {
    return readdirSync(root).sort();
  } catch {
    return [];
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
