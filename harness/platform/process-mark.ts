import { startTimeOf } from './start-time.mjs';

/** What a process writes into a file to say that it is the owner: its id, and its start time, because ids are used again. */
export function processMark(): string {
  return `${process.pid} ${startTimeOf(process.pid) ?? ''}`;
}

/** The id of the process that wrote the mark, if it still runs. */
export function markedProcess(mark: string): number | undefined {
  const [, pid, startTime] = /^(\d+) (.*)$/.exec(mark) ?? [];
  return pid !== undefined && startTimeOf(Number(pid)) === startTime ? Number(pid) : undefined;
}
