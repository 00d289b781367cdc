import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { environmentError } from '../domain/errors.ts';
import type { JournalEvent } from '../domain/journal.ts';
import { until } from '../platform/clock.ts';
import { projectRoot, removeTemporaryDirectory, temporaryDirectory } from '../platform/files.ts';
import { readJournal } from '../run/journal.ts';

/** A game day in processes of its own, as a user starts it. */
export interface GameDayProcess {
  /** Of `npm`, from which all others descend. */
  readonly pid: number;
  /** What its journal says so far. */
  journal(): readonly JournalEvent[];
  /** Runs `gameday deploy`. Throws when that fails. */
  deploy(): Promise<void>;
  /** Milliseconds from the command to the first request. */
  readonly toLoadMs: number;
  /** Ctrl-C. Resolves, when everything has ended, to the milliseconds it took. */
  interrupt(): Promise<number>;
}

const longestStartMs = 120_000;

/** A cache of its own for one bench. PostgreSQL's user, another one when we are root, has to be let in. */
export async function withEmptyCache<T>(use: (cache: string) => Promise<T>): Promise<T> {
  const cache = temporaryDirectory('bench-cache');
  chmodSync(cache, 0o755);
  try {
    return await use(cache);
  } finally {
    removeTemporaryDirectory(cache);
  }
}

/**
 * Runs `npm start -- <scenario>` until its load flows. Throws `BENCH_FAILED` with its last words when it ends before.
 * @param cache of `withEmptyCache`; default: the user's
 */
export async function startGameDayProcess(scenario: string, cache?: string): Promise<GameDayProcess> {
  const runs = temporaryDirectory('bench-runs');
  const startedAt = performance.now();
  const env = { ...process.env, ...(cache && { GAMEDAY_CACHE: cache }), GAMEDAY_RUNS: runs };
  const npm = spawn('npm', ['start', '--silent', '--', scenario], {
    cwd: projectRoot,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
    // A group of its own, as a terminal gives it one: Ctrl-C reaches all of it.
    detached: true,
  });
  let words = '';
  npm.stderr.on('data', (chunk: Buffer) => {
    words = (words + chunk).slice(-2_000);
  });
  const exited = once(npm, 'exit');
  try {
    await until('the load to flow', async () => flows(runs) || ended(npm), { timeoutMs: longestStartMs, everyMs: 5 });
    if (ended(npm)) throw environmentError('BENCH_FAILED', `the game day ended before its load flowed:\n${words}`);
  } catch (error) {
    if (!ended(npm)) process.kill(-npm.pid!, 'SIGINT');
    await exited;
    removeTemporaryDirectory(runs);
    throw error;
  }
  const toLoadMs = performance.now() - startedAt;
  return {
    pid: npm.pid!,
    toLoadMs,
    journal: () => journalIn(runs),
    async deploy() {
      await promisify(execFile)('npm', ['run', '--silent', 'gameday', '--', 'deploy'], { cwd: projectRoot, env });
    },
    async interrupt() {
      const interruptedAt = performance.now();
      process.kill(-npm.pid!, 'SIGINT');
      await exited;
      removeTemporaryDirectory(runs);
      return performance.now() - interruptedAt;
    },
  };
}

function journalIn(runs: string): readonly JournalEvent[] {
  const files = readdirSync(runs).map((run) => join(runs, run, 'events.jsonl'));
  return files.filter((file) => existsSync(file)).flatMap(readJournal);
}

const flows = (runs: string) => journalIn(runs).some((event) => event.type === 'phase.started');

const ended = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null;
