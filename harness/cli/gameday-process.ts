import { fileURLToPath } from 'node:url';
import { environmentError } from '../domain/errors.ts';
import type { CommandLine } from '../platform/confinement.ts';
import { exitOrStop, lastWords, startProcess } from '../platform/processes.ts';

const gameday = fileURLToPath(new URL('./gameday.mjs', import.meta.url));
/** To take a sandbox down, milliseconds. */
const graceMs = 15_000;

/** A program that prints a JSON list with one item. */
interface ItemProgram {
  /** For messages to people: `the proof of paid-twice`. */
  readonly name: string;
  readonly program: CommandLine;
  readonly env: Readonly<Record<string, string>>;
  /** Code and next command of the error that says that it ended without its item. */
  readonly failure: { readonly code: string; readonly hint?: string };
  /** Gets what it says meanwhile, line by line. */
  readonly onLine: (line: string) => void;
}

/** A gameday command that prints such a list when it is asked for JSON. */
export interface GamedayCommand extends Omit<ItemProgram, 'program'> {
  readonly args: readonly string[];
  /** What the process is put into; default nothing. */
  readonly within?: (program: CommandLine) => CommandLine;
}

/** Runs a gameday command in a process of its own, else as `runForItem`. */
export async function runGameday<T>(
  { args, within = (program) => program, ...rest }: GamedayCommand,
  signal: AbortSignal,
): Promise<T> {
  const program = within({ command: process.execPath, args: [gameday, ...args, '--json'] });
  return runForItem({ ...rest, program }, signal);
}

/**
 * Runs a program, and resolves to the one item that it prints. Rejects with `failure.code` and its last words when it ends without one, and with the signal's reason on abort; then
 * it has ended.
 */
export async function runForItem<T>(
  { name, program, env, failure, onLine }: ItemProgram,
  signal: AbortSignal,
): Promise<T> {
  const json: string[] = [];
  const running = startProcess({
    name,
    ...program,
    env,
    onLine: (line, stream) => (stream === 'stdout' ? json.push(line) : onLine(line)),
  });
  await exitOrStop(running, signal, { graceMs });
  try {
    const [item] = JSON.parse(json.join('\n')) as readonly T[];
    return item!;
  } catch {
    signal.throwIfAborted();
    throw environmentError(
      failure.code,
      `${name[0]!.toUpperCase()}${name.slice(1)} ended without a result:\n${lastWords(running)}`,
      failure.hint,
    );
  }
}
