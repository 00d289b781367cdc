import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { environmentError } from '../domain/errors.ts';
import { sleep } from './clock.ts';
import { reaper } from './reaper.ts';

type OutputStream = 'stdout' | 'stderr';

export interface ProcessSpec {
  /** For messages to people, for example `api-1`. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  /** Exactly what the process gets, besides PATH, HOME, TMPDIR and LANG of ours. */
  readonly env?: Readonly<Record<string, string>>;
  readonly uid?: number;
  readonly gid?: number;
  /** Opens a channel for `send`. */
  readonly ipc?: boolean;
  /** Everything it prints is appended here. */
  readonly logFile?: string;
  readonly onLine?: (line: string, stream: OutputStream) => void;
}

interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface ManagedProcess {
  readonly name: string;
  readonly pid: number;
  /** Resolves once the process has ended and its output has been read. Never rejects. */
  readonly exited: Promise<Exit>;
  running(): boolean;
  /** Sends a message over the channel of a process started with `ipc`. Returns false when the channel is closed. */
  send(message: object): boolean;
  /** Asks the whole process group to end with `signal`, and kills it after `graceMs` milliseconds. Resolves when it has ended. */
  stop(options?: { readonly signal?: NodeJS.Signals; readonly graceMs?: number }): Promise<void>;
  /** The last 4 KB of its output. */
  tail(): string;
}

const inherited = ['PATH', 'HOME', 'TMPDIR', 'LANG'] as const;
const tailLength = 4_096;
const lastLines = 4;

/**
 * Starts a process as the leader of a process group of its own, which ends with it and, through the reaper, with the harness.
 * Throws `PROCESS_NOT_STARTED` when the command can't be run.
 */
export function startProcess(spec: ProcessSpec): ManagedProcess {
  const child = spawn(spec.command, spec.args, {
    cwd: spec.cwd,
    env: { ...ourEnvironment(), ...spec.env },
    uid: spec.uid,
    gid: spec.gid,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', ...(spec.ipc ? (['ipc'] as const) : [])],
  });
  // Also emitted for a message that could not be sent, which `send` reports already.
  child.on('error', () => {});
  const { pid } = child;
  if (pid === undefined) {
    throw environmentError(
      'PROCESS_NOT_STARTED',
      `${spec.name} could not be started with ${spec.command}`,
      'Check that the command exists, may be executed, and that its working directory exists.',
    );
  }
  reaper().processGroup(pid);
  const tail = captureOutput(child, spec);
  const running = () => child.exitCode === null && child.signalCode === null;
  const exited = exitOf(child, pid);

  return {
    name: spec.name,
    pid,
    exited,
    running,
    tail,
    send: (message) => child.connected && child.send(message),
    stop: async ({ signal = 'SIGTERM', graceMs = 5_000 } = {}) => {
      if (running()) signalGroup(pid, signal);
      const grace = new AbortController();
      await Promise.race([exited, sleep(graceMs, grace.signal).catch(() => {})]);
      grace.abort();
      if (running()) signalGroup(pid, 'SIGKILL');
      await exited;
    },
  };
}

/** Resolves as `exited` of the process does, which an abort ends as its `stop` with these options would. */
export async function exitOrStop(
  process: Pick<ManagedProcess, 'exited' | 'stop'>,
  signal: AbortSignal | undefined,
  options?: Parameters<ManagedProcess['stop']>[0],
): Promise<Exit> {
  const stop = () => void process.stop(options);
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted) stop();
  const exit = await process.exited;
  signal?.removeEventListener('abort', stop);
  return exit;
}

/** The last lines that a process has printed, for a message. */
export function lastWords(process: Pick<ManagedProcess, 'tail'>): string {
  return process.tail().trim().split('\n').slice(-lastLines).join('\n');
}

/** Whether a process of this machine, also one of another user, has this id now. */
export function isRunning(pid: number): boolean {
  try {
    // Signal 0 is never delivered: it only asks.
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function ourEnvironment(): Record<string, string> {
  return Object.fromEntries(
    inherited.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function captureOutput(child: ChildProcess, spec: ProcessSpec): () => string {
  const log = spec.logFile === undefined ? undefined : createWriteStream(spec.logFile, { flags: 'a' });
  // A full disk must not end the harness; the tail still has the last words.
  log?.on('error', () => {});
  let tail = '';
  for (const stream of ['stdout', 'stderr'] as const) {
    const output = child[stream]!;
    output.setEncoding('utf8');
    output.on('data', (text: string) => {
      tail = (tail + text).slice(-tailLength);
      log?.write(text);
    });
    if (spec.onLine) createInterface({ input: output }).on('line', (line) => spec.onLine?.(line, stream));
  }
  child.once('close', () => log?.end());
  return () => tail;
}

function exitOf(child: ChildProcess, pid: number): Promise<Exit> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      // What the leader left behind would keep ports and files busy.
      signalGroup(pid, 'SIGKILL');
      reaper().release(pid);
      // 'close' comes once the output is read. A descendant that left the group can hold it open, hence the bound.
      const bound = setTimeout(() => resolve({ code, signal }), 500);
      child.once('close', () => {
        clearTimeout(bound);
        resolve({ code, signal });
      });
    });
  });
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // The group has ended in the meantime.
  }
}
