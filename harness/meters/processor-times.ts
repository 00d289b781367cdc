import { readdirSync, readFileSync } from 'node:fs';

/** Linux reports times to user space in hundredths of a second on every architecture (proc(5), sysconf(3)). */
const ticksPerSecond = 100;

/** What became of the processor time of a whole Linux machine since it started: seconds, all processors together (proc_stat(5)). */
export interface MachineTimes {
  readonly cores: number;
  readonly capacity: number;
  /** Waiting for disks included. */
  readonly idle: number;
  /** Spent by programs and by the kernel for them. Interrupts are not in it: they belong to no program. */
  readonly programs: number;
  /** Given to others by the host of this virtual machine. */
  readonly stolen: number;
}

/** What one process and those it has outlived used since they started, in seconds (proc_pid_stat(5)). */
export interface ProcessTimes {
  readonly pid: number;
  readonly parent: number;
  /** In ticks since the machine started: tells apart two processes that had the same id. */
  readonly startedAt: number;
  /** Used by its own threads. */
  readonly own: number;
  /** Used by children that have ended and been waited for, and by theirs. */
  readonly reaped: number;
}

/** Reads the text of `/proc/stat`; undefined when it has no figures, as in some containers. */
export function machineTimesIn(stat: string): MachineTimes | undefined {
  const total = /^cpu +(.+)$/m
    .exec(stat)?.[1]
    ?.split(' ')
    .map((ticks) => Number(ticks) / ticksPerSecond);
  // Guests follow; they are in `user` and `nice` already.
  const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] = total ?? [];
  const [programs, idling] = [user + nice + system, idle + iowait];
  const capacity = programs + idling + irq + softirq + steal;
  if (!(capacity > 0)) return undefined;
  const cores = stat.match(/^cpu\d+ /gm)?.length ?? 1;
  return { cores, capacity, idle: idling, programs, stolen: steal };
}

/** Reads the text of `/proc/<pid>/stat`. */
export function processTimesIn(stat: string): ProcessTimes {
  // The command's name, in parentheses, may itself contain spaces and parentheses; field 3 follows the last one.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const field = (number: number) => Number(fields[number - 3]);
  return {
    pid: Number.parseInt(stat, 10),
    parent: field(4),
    startedAt: field(22),
    own: (field(14) + field(15)) / ticksPerSecond,
    reaped: (field(16) + field(17)) / ticksPerSecond,
  };
}

/** The machine now. Throws where there is no `/proc/stat`. */
export function readMachineTimes(): MachineTimes | undefined {
  return machineTimesIn(readFileSync('/proc/stat', 'utf8'));
}

/**
 * Every process there is now, older ones first as far as their ids tell. Read without waiting in between: parents come before their children, which
 * hardly age meanwhile, and for these files, which are in memory, it costs an eighth of what reading them asynchronously does.
 */
export function readProcesses(): readonly ProcessTimes[] {
  const pids = readdirSync('/proc').map(Number).filter(Number.isInteger);
  return pids
    .sort((a, b) => a - b)
    .flatMap((pid) => {
      try {
        return [processTimesIn(readFileSync(`/proc/${pid}/stat`, 'utf8'))];
      } catch {
        // It has ended since the directory was read.
        return [];
      }
    });
}
