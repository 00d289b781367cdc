import { execa } from 'execa';
import { until } from '../../harness/platform/clock.ts';

export interface Seen {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

async function processes(): Promise<readonly Seen[]> {
  const { stdout } = await execa('ps', ['-eo', 'pid=,ppid=,stat=,args=']);
  return stdout
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , state]) => state !== undefined && !state.startsWith('Z'))
    .map(([pid, parent, , ...command]) => ({ pid: Number(pid), parent: Number(parent), command: command.join(' ') }));
}

/** What a process has started, and what that has started. */
export async function offspringOf(ancestor: number): Promise<readonly Seen[]> {
  const all = await processes();
  const below = (parent: number): readonly Seen[] =>
    all.filter((one) => one.parent === parent).flatMap((child) => [child, ...below(child.pid)]);
  return below(ancestor);
}

/** Waits until none of these runs any more; throws with those that do after 20 seconds. */
export const gone = (started: readonly Seen[]) =>
  until(
    'every process to be gone',
    async () => {
      const left = (await processes()).filter((one) =>
        started.some(({ pid, command }) => pid === one.pid && command === one.command),
      );
      if (left.length > 0) throw new Error(`still there: ${left.map(({ command }) => command).join('; ')}`);
      return true;
    },
    { timeoutMs: 20_000, everyMs: 200 },
  );
