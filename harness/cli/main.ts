import { type Command, CommanderError } from 'commander';
import { ExitCode, type GamedayError, usageError } from '../domain/errors.ts';
import { keepCompiledCode } from '../platform/compiled-code.ts';
import { createProgram } from './program.ts';
import { printError } from './terminal/print-error.ts';
import { createTerminal, type GlobalOptions, type Streams } from './terminal/terminal.ts';

/** Runs one command line (without `node` and the script) and returns its exit code. Never throws and never exits. */
export async function main(argv: readonly string[], streams: Streams): Promise<ExitCode> {
  let exitCode: ExitCode = ExitCode.ok;
  const program = await createProgram(argv, streams, {
    get terminal() {
      return createTerminal(streams, program.opts<GlobalOptions>());
    },
    exitWith: (code) => {
      exitCode = code;
    },
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return ExitCode.ok;
    if (error instanceof CommanderError && error.code === 'commander.help') {
      program.outputHelp();
      return ExitCode.ok;
    }
    const problem = error instanceof CommanderError ? wrongUsage(error, commandOf(program, argv)) : error;
    return printError(problem, createTerminal(streams, program.opts<GlobalOptions>()));
  }
}

/** The command line of this process: runs it, waits for the output to be out, and exits. */
export async function runProcess(): Promise<void> {
  keepCompiledCode();
  // Whoever reads our output may stop early, as `head` does.
  process.stdout.on('error', (error: NodeJS.ErrnoException) =>
    process.exit(error.code === 'EPIPE' ? ExitCode.ok : ExitCode.internal),
  );
  const { stdin, stdout, stderr, env } = process;
  const exitCode = await main(process.argv.slice(2), { stdin, stdout, stderr, env });
  await Promise.all([stdout, stderr].map((stream) => new Promise((written) => stream.write('', written))));
  process.exit(exitCode);
}

function commandOf(program: Command, argv: readonly string[]): string {
  const name = program.commands.find((command) => argv.includes(command.name()))?.name();
  return name === undefined ? 'gameday --help' : `gameday ${name} --help`;
}

/** Commander's sentence in our form: what was wrong, then what to type. */
function wrongUsage(error: CommanderError, help: string): GamedayError {
  const [what = '', ...more] = error.message.replace(/^error: /, '').split('\n');
  const suggestion = /Did you mean (.+)\?/.exec(more.join(' '))?.[1];
  const message = `${what.charAt(0).toUpperCase()}${what.slice(1)}.`.replace(/\.\.$/, '.');
  return usageError('USAGE', message, suggestion === undefined ? help : `did you mean ${suggestion}? See: ${help}`);
}
