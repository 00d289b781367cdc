import { readdirSync, readFileSync } from 'node:fs';

/** Belongs to nobody else: above the ids that systems give to people and services, and below those of containers. */
const strangerId = 64_206;

const limits = { nproc: 512, nofile: 4_096, data: 3 * 2 ** 30, fsize: 64 * 2 ** 20, core: 0 };

/**
 * The words before a command line that have it run as a user of its own, without privileges and with limits to processes, open files, memory and the size of
 * files. Works as root, with `prlimit` and `setpriv` (util-linux).
 */
export const asStranger: readonly string[] = [
  'prlimit',
  ...Object.entries(limits).map(([resource, limit]) => `--${resource}=${limit}`),
  ...['setpriv', `--reuid=${strangerId}`, `--regid=${strangerId}`, '--clear-groups'],
  ...['--no-new-privs', '--inh-caps=-all', '--bounding-set=-all'],
];

/** Kills every process of that user. */
export function endStrangers(): void {
  for (const pid of processesOf(strangerId)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended in the meantime.
    }
  }
}

/** Processes whose real user is `uid`. */
function processesOf(uid: number): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return readFileSync(`/proc/${name}/status`, 'utf8').includes(`\nUid:\t${uid}\t`);
      } catch {
        return false;
      }
    })
    .map(Number);
}
