import type { CommandLine } from './confinement.ts';
import { onPath } from './files.ts';

/** Why a program can't be put into a box here; undefined when it can. Needs what `whyNotConfined` looks for, and `ip`. */
export function whyNotBoxed(): string | undefined {
  return onPath('ip') === undefined ? 'ip is not installed (Debian: apt-get install iproute2)' : undefined;
}

/**
 * The command line that runs a program with all it starts in namespaces of its own: it sees no processes but these and no network but a loopback of its own, and whatever it
 * leaves running ends with it.
 */
export function boxed({ command, args }: CommandLine): CommandLine {
  const namespaces = ['--net', '--pid', '--mount', '--fork', '--kill-child', '--mount-proc'];
  // The shell stays, as the first process that orphans are given to.
  const script = 'ip link set lo up || exit 3; "$@"; exit $?';
  return { command: 'unshare', args: [...namespaces, 'sh', '-c', script, 'boxed', command, ...args] };
}
