import type { Command } from 'commander';
import type { ExitCode } from '../domain/errors.ts';
import type { Terminal } from './terminal/terminal.ts';

/** What main.ts gives to a command. */
export interface CommandContext {
  readonly terminal: Terminal;
  /** The exit code of the command, when it is not 0 although nothing was thrown. */
  exitWith(code: ExitCode): void;
}

/** Adds arguments, options and action to the bare command of its name. */
export type CommandSetup = (command: Command, context: CommandContext) => void;
