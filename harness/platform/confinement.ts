import { homedir, tmpdir } from 'node:os';
import { cacheDirectory, onPath, projectRoot, runsDirectory } from './files.ts';
import { asStranger, endStrangers } from './stranger.ts';

/** A program and its arguments. */
export interface CommandLine {
  readonly command: string;
  readonly args: readonly string[];
}

/** How programs of strangers are kept away from what is not theirs. */
export interface Confinement {
  /** For people: `own user, no files but its own`. */
  readonly summary: string;
  /**
   * The command line that runs a program confined; its process id is the program's own.
   * @param directory the only one that it can read of what the harness has; it can't write there
   */
  confine(program: CommandLine, directory: string): CommandLine;
  /** Kills whatever such programs left running. */
  endAll(): void;
}

const needed = ['unshare', 'setpriv', 'prlimit', 'mount', 'sh'] as const;

/** Why programs can't be confined here; undefined when they can. */
export function whyNotConfined(): string | undefined {
  if (process.platform !== 'linux') return `namespaces are a matter of Linux, and this is ${process.platform}`;
  if (process.getuid?.() !== 0) return 'only root may start programs as another user with a file system of their own';
  const missing = needed.find((name) => onPath(name) === undefined);
  return missing && `${missing} is not installed (Debian: apt-get install util-linux)`;
}

/**
 * Runs programs as a user of their own in a mount namespace of their own: the harness, scenarios, runs, caches, the home directory and everything temporary but the program's own
 * directory are not there, processes of others are not to be seen, privileges can't be gained, and processes, open files, memory and the size of files are limited. Works as root
 * on Linux, see `whyNotConfined`.
 */
export function confinement(): Confinement {
  const hidden = [
    ...new Set([projectRoot, cacheDirectory(), runsDirectory(), homedir(), tmpdir(), '/tmp', '/var/tmp', '/dev/shm']),
  ];
  return {
    summary: 'own user, own mounts, limited processes and memory',
    confine: ({ command, args }, directory) => ({
      command: 'unshare',
      args: ['--mount', 'sh', '-c', script, 'confined', directory, command, String(hidden.length), ...hidden, ...args],
    }),
    endAll: endStrangers,
  };
}

/**
 * Builds the view and becomes the program. What is to stay visible is held below /mnt while everything else is covered, and put back to where it was; the program itself may
 * lie below a directory that is covered.
 */
const script = `
set -e
directory=$1 program=$2 count=$3
shift 3
mount -t tmpfs -o mode=755 tmpfs /mnt
mkdir /mnt/directory
mount --bind "$directory" /mnt/directory
touch /mnt/program
mount --bind "$program" /mnt/program
while [ "$count" -gt 0 ]; do
  # One inside another that is covered already is not there any more.
  if [ -d "$1" ]; then mount -t tmpfs -o mode=711,size=1m,nosuid,nodev,noexec tmpfs "$1"; fi
  shift
  count=$((count - 1))
done
mkdir -p "$directory"
mount --bind /mnt/directory "$directory"
mount -o remount,bind,ro "$directory"
if [ ! -e "$program" ]; then
  mkdir -p "$(dirname "$program")"
  touch "$program"
  mount --bind /mnt/program "$program"
fi
umount /mnt/directory /mnt/program
umount /mnt
mount -t proc -o hidepid=2,nosuid,nodev,noexec proc /proc 2>/dev/null || true
cd "$directory"
exec ${asStranger.join(' ')} "$program" "$@"
`;

/** Runs programs as a user of their own in the container that we are in, whose files that user can't read. Works as root. */
export function confinementInContainer(): Confinement {
  return {
    summary: 'own container without network, own user, limited processes and memory',
    confine: ({ command, args }) => {
      const [limited, ...words] = asStranger;
      return { command: limited!, args: [...words, command, ...args] };
    },
    endAll: endStrangers,
  };
}
