import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import type { CommandContext } from './command-context.ts';
import { commandIndex } from './command-index.ts';
import type { Streams } from './terminal/terminal.ts';

const epilogue = `
Exit codes:
  0 met   2 wrong usage   3 machine not ready, or inconclusive   99 objectives not met   130 interrupted   1 a defect of gameday

Start with:  gameday doctor   gameday list   gameday play <scenario>`;

/** The program with every command in it; only the one that the command line asks for is loaded, the others are a name and a summary. */
export async function createProgram(
  argv: readonly string[],
  streams: Streams,
  context: CommandContext,
): Promise<Command> {
  const program = new Command('gameday');
  configureOutput(program, streams);
  program
    .description(
      'Game days for backend engineers: a flawed backend, real load, a real failure, and proof whether the repair holds.',
    )
    .option('--json', 'print data as JSON on stdout')
    .option('--no-input', 'never ask a question, never read a key')
    .option('--no-color', 'no colours (also: NO_COLOR=1)')
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .commandsGroup('Also:')
    .helpCommand('help [command]', 'print the help of a command')
    .addHelpText('after', epilogue);

  const asked = argv.filter((word) => !word.startsWith('-')).find((word) => word !== 'help');
  for (const [name, { summary, group, alias, load }] of Object.entries(commandIndex)) {
    const command = program.command(name).description(summary).helpGroup(`${group}:`);
    if (alias !== undefined) command.alias(alias);
    if (asked === name || (alias !== undefined && asked === alias)) (await load())(command, context);
  }
  return program;
}

function configureOutput(program: Command, streams: Streams): void {
  program.exitOverride().configureOutput({
    writeOut: (text) => void streams.stdout.write(text),
    // What commander would say about a mistake is said by main.ts, in the form of every other error.
    writeErr: () => {},
    getOutHelpWidth: () => streams.stdout.columns ?? 100,
    getOutHasColors: () => false,
  });
}

function version(): string {
  return (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string })
    .version;
}
