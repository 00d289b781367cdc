import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { usageError } from '../../domain/errors.ts';
import { sleep } from '../../platform/clock.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { FoundRun } from './find-run.ts';
import { formatLogLine, isAtLeast, type LogLevel, type LogLine, parseLogLine } from './log-line.ts';

export interface LogWishes {
  readonly process: string | undefined;
  readonly follow?: boolean;
  readonly level?: LogLevel;
  readonly grep?: string;
  readonly lines: number;
}

/** What of a log's end is looked at for its last lines, bytes. */
const tailBytes = 4 * 1024 * 1024;
const pollMs = 250;

/** Prints the last lines of a run's logs, and with `follow` what comes after them until `signal`. Throws `LOG_UNKNOWN`, and `signal`'s reason. */
export async function showLogs(
  { run, directory }: FoundRun,
  wishes: LogWishes,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  const folder = join(directory, 'logs');
  const tails = new Map<string, LogTail>();
  /** Processes may start later: the folder is looked at again each time. */
  const readNew = () => {
    for (const name of logNames(folder)) {
      if (!tails.has(name) && (wishes.process ?? name) === name)
        tails.set(name, openTail(name, join(folder, `${name}.log`)));
    }
    return [...tails.values()].flatMap((tail) => tail.read()).filter((line) => isWanted(line, wishes));
  };
  const first = inOrder(readNew());
  if (wishes.process !== undefined && !tails.has(wishes.process) && !wishes.follow) {
    throw usageError(
      'LOG_UNKNOWN',
      `The run ${run} has no log of "${wishes.process}".`,
      `known: ${logNames(folder).join(', ') || 'none yet'}`,
    );
  }
  const show = (line: LogLine) =>
    terminal.out(
      terminal.json ? JSON.stringify({ process: line.process, ...asJson(line) }) : formatLogLine(line, terminal.paint),
    );
  for (const line of wishes.lines === 0 ? [] : first.slice(-wishes.lines)) show(line);
  while (wishes.follow) {
    await sleep(pollMs, signal);
    for (const line of inOrder(readNew())) show(line);
  }
}

function isWanted(line: LogLine, { level, grep }: LogWishes): boolean {
  return (
    (level === undefined || isAtLeast(line, level)) &&
    (grep === undefined || line.raw.toLowerCase().includes(grep.toLowerCase()))
  );
}

/** By time; a line without one stays behind the line it followed. */
function inOrder(lines: readonly LogLine[]): readonly LogLine[] {
  let last = 0;
  return lines
    .map((line) => {
      last = line.time ?? last;
      return { line, at: last };
    })
    .sort((a, b) => a.at - b.at)
    .map(({ line }) => line);
}

function asJson({ raw, message, level, time }: LogLine): object {
  try {
    return JSON.parse(raw) as object;
  } catch {
    return { level, time, msg: message };
  }
}

function logNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .flatMap((file) => (file.endsWith('.log') ? [file.slice(0, -'.log'.length)] : []))
      .sort();
  } catch {
    return [];
  }
}

interface LogTail {
  /** Whole lines written since the last read. */
  read(): readonly LogLine[];
}

function openTail(name: string, file: string): LogTail {
  let position = Math.max(0, statSync(file).size - tailBytes);
  let rest = Buffer.alloc(0);
  return {
    read() {
      const { size } = statSync(file);
      if (size <= position) return [];
      const chunk = Buffer.alloc(size - position);
      const descriptor = openSync(file, 'r');
      const bytes = readSync(descriptor, chunk, 0, chunk.length, position);
      closeSync(descriptor);
      position += bytes;
      const text = Buffer.concat([rest, chunk.subarray(0, bytes)]);
      const end = text.lastIndexOf(0x0a) + 1;
      rest = Buffer.from(text.subarray(end));
      return text
        .subarray(0, end)
        .toString('utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => parseLogLine(name, line));
    },
  };
}
