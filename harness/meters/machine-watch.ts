import { environmentError } from '../domain/errors.ts';
import type { MachineReading } from '../domain/evidence.ts';
import { type MachineTimes, readMachineTimes, readProcesses } from './processor-times.ts';
import { treeTime } from './tree-time.ts';

export interface MachineWatch {
  /** Looks now. A process is known as ours, and what it used, only from looks at it: look every half second. */
  look(): void;
  /** Looks now and gives what was used since the start or the last cut. */
  cut(): MachineReading;
}

/**
 * Tells what a process and its descendants use of the machine from what everything else does; the first look is taken at once.
 * @param root the process; everything is foreign to one that does not exist
 * @throws environmentError `METER_DEAD` where the machine does not say what its processors do, as only Linux does
 */
export function watchMachine(root = process.pid): MachineWatch {
  if (process.platform !== 'linux') {
    throw environmentError('METER_DEAD', `what other programs use is not known on ${process.platform}, only on Linux`);
  }
  const ours = treeTime(root);
  const lookNow = () => ({ machine: machineNow(), ours: ours(readProcesses()) });
  let from = lookNow();
  return {
    look: () => void lookNow(),
    cut() {
      const to = lookNow();
      const reading = readingOf(from.machine, to.machine, to.ours - from.ours);
      from = to;
      return reading;
    },
  };
}

function machineNow(): MachineTimes {
  const times = readMachineTimes();
  if (times === undefined) throw environmentError('METER_DEAD', '/proc/stat has no figures here');
  return times;
}

/** Differences are never negative: idle time may go back a little (proc_stat(5)), and times of processes are finer than those of the machine. */
function readingOf(from: MachineTimes, to: MachineTimes, oursSeconds: number): MachineReading {
  const spent = (what: keyof MachineTimes) => Math.max(0, to[what] - from[what]);
  const stolenSeconds = spent('stolen');
  return {
    cores: to.cores,
    capacitySeconds: spent('capacity'),
    idleSeconds: spent('idle'),
    stolenSeconds,
    oursSeconds,
    foreignSeconds: Math.max(0, spent('programs') - oursSeconds) + stolenSeconds,
  };
}
