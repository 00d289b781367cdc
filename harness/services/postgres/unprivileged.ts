import { accessSync, constants, mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { environmentError } from '../../domain/errors.ts';

/** A user of this system, as processes are started as. */
export interface SystemUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/**
 * Who runs PostgreSQL, which refuses to run as root: `postgres` where that user exists, else `nobody`, which exists everywhere.
 * Undefined when we are not root, so that it runs as ourselves.
 */
export function unprivilegedUser(): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const entries = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const [name, , uid, gid] =
    entries.find(([candidate]) => candidate === 'postgres') ??
    entries.find(([candidate]) => candidate === 'nobody') ??
    [];
  if (name === undefined) {
    throw environmentError(
      'NO_UNPRIVILEGED_USER',
      'PostgreSQL refuses to run as root, and there is neither a user postgres nor nobody to run it as',
      'Run gameday as an ordinary user.',
    );
  }
  return { name, uid: Number(uid), gid: Number(gid) };
}

/** Whether `user` may walk down to `path`, a directory or file that exists. As ourselves (no user given) it always may. */
export function reachable(path: string, user: SystemUser | undefined): boolean {
  if (user === undefined) return true;
  for (let step = resolve(path); ; step = dirname(step)) {
    const { mode, uid, gid } = statSync(step);
    const shift = uid === user.uid ? 6 : gid === user.gid ? 3 : 0;
    if (((mode >> shift) & 1) === 0) return false;
    if (step === dirname(step)) return true;
  }
}

/** The first of `candidates` that exists or can be created, can be written to, and is open to `user`. Undefined when there is none. */
export function firstReachable(candidates: readonly string[], user: SystemUser | undefined): string | undefined {
  return candidates
    .map((path) => join(path))
    .find((path) => {
      try {
        mkdirSync(path, { recursive: true });
        accessSync(path, constants.W_OK);
        return reachable(path, user);
      } catch {
        return false;
      }
    });
}
