import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startTimeOf } from './start-time.mjs';

/** Cleans up after the harness, however the harness ends: also after SIGKILL. */
export interface Reaper {
  readonly pid: number | undefined;
  /** Registers the process group led by `pid`. A pid that is already gone is ignored. */
  processGroup(pid: number): void;
  /** Registers a directory to be removed with everything in it. */
  directory(path: string): void;
  /** Registers a container of the Docker engine at `engine` to be removed, also one that is about to be made. Returns what forgets it again. */
  container(engine: string, name: string): () => void;
  /** Forgets a group or directory that was ended in the regular way. */
  release(pidOrPath: number | string): void;
  /** Stops and removes everything still registered, then resolves. Nothing can be registered afterwards. */
  stop(): Promise<void>;
}

/**
 * Starts a detached child process that holds a pipe to this process. When the pipe ends, it sends SIGTERM to the
 * registered groups (each checked by pid and start time), a little later SIGINT, SIGKILL after 1.5 s, and removes the
 * registered containers and directories. It has a session of its own, so that signals of the terminal don't reach it.
 */
export function startReaper(): Reaper {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./reaper-child.mjs', import.meta.url))], {
    // Not the current directory: the reaper outlives us and would keep it busy.
    cwd: '/',
    env: { PATH: process.env.PATH },
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  const exited = new Promise<void>((done) => child.once('exit', () => done()).once('error', () => done()));
  // A reaper that was killed by somebody must not take the harness down with a broken pipe.
  child.stdin.on('error', () => {});
  child.unref();
  // Typed as a plain stream, but a pipe to a child is a socket.
  (child.stdin as typeof child.stdin & { unref(): void }).unref();

  const order = (message: object) => {
    if (child.stdin.writable) child.stdin.write(`${JSON.stringify(message)}\n`);
  };
  return {
    pid: child.pid,
    processGroup: (pid) => {
      const startTime = startTimeOf(pid);
      if (startTime !== undefined) order({ do: 'group', pid, startTime });
    },
    directory: (path) => order({ do: 'directory', path: resolve(path) }),
    container: (engine, name) => {
      order({ do: 'container', engine, name });
      return () => order({ do: 'release', what: name });
    },
    release: (what) => order({ do: 'release', what: typeof what === 'string' ? resolve(what) : what }),
    stop: () => {
      child.ref();
      child.stdin.end();
      return exited;
    },
  };
}

let shared: Reaper | undefined;

/** The reaper of this process, started on first use. */
export function reaper(): Reaper {
  shared ??= startReaper();
  return shared;
}
