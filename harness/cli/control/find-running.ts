import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { usageError } from '../../domain/errors.ts';
import { runsDirectory } from '../../platform/files.ts';
import { isRunning } from '../../platform/processes.ts';
import { type ControlClient, controlClient } from './control-client.ts';
import { readControlFile, removeControlFile } from './control-file.ts';
import type { ControlState } from './control-server.ts';

/** A game day that runs now, on this machine, by this user. */
export interface RunningGameDay {
  /** Name of the run's directory. */
  readonly run: string;
  readonly directory: string;
  readonly client: ControlClient;
  /** Absent when it was too busy to answer in time. */
  readonly state: ControlState | undefined;
}

/** A busy harness may take a moment; a dead one refuses at once. */
const answerWithinMs = 3_000;

/** Every running game day. Address files that a killed one left behind are removed. */
export async function runningGameDays(runs = runsDirectory()): Promise<readonly RunningGameDay[]> {
  const names = readdirSync(runs).filter((name) => existsSync(join(runs, name, 'control.json')));
  const found = await Promise.all(names.sort().map((name) => probe(name, join(runs, name))));
  return found.filter((gameDay) => gameDay !== undefined);
}

/** The running game day, or the one named. Throws `NO_GAME_DAY`, or `SEVERAL_GAME_DAYS` when it is not clear which. */
export async function findRunningGameDay(run?: string, runs = runsDirectory()): Promise<RunningGameDay> {
  const all = await runningGameDays(runs);
  const wanted = run === undefined ? all : all.filter((gameDay) => gameDay.run === run);
  if (wanted.length === 1) return wanted[0]!;
  if (wanted.length > 1) {
    throw usageError(
      'SEVERAL_GAME_DAYS',
      `${wanted.length} game days are running.`,
      `say which: ${wanted.map((gameDay) => `--run ${gameDay.run}`).join(' or ')}`,
    );
  }
  if (run !== undefined && all.length > 0) {
    throw usageError(
      'NO_GAME_DAY',
      `The run "${run}" is not running.`,
      `running: ${all.map((gameDay) => gameDay.run).join(', ')}`,
    );
  }
  throw usageError('NO_GAME_DAY', 'No game day is running.', 'start one in another terminal: gameday play <scenario>');
}

async function probe(run: string, directory: string): Promise<RunningGameDay | undefined> {
  const address = readControlFile(directory);
  if (address === undefined || !isRunning(address.pid)) {
    removeControlFile(directory);
    return undefined;
  }
  const client = controlClient(address);
  try {
    return { run, directory, client, state: await client.state({ timeoutMs: answerWithinMs }) };
  } catch (error) {
    if (!refused(error)) return { run, directory, client, state: undefined };
    // The process id lives on in an unrelated process.
    removeControlFile(directory);
    return undefined;
  }
}

function refused(error: unknown): boolean {
  return ((error as Error).cause as NodeJS.ErrnoException | undefined)?.code === 'ECONNREFUSED';
}
