import type { CommandSetup } from '../command-context.ts';
import { type RunOption, runOption } from '../control/run-option.ts';
import { readArgument } from '../read-argument.ts';

export const note: CommandSetup = (command, context) => {
  command
    .description(
      'Write a note into the journal: what you see, suspect, decide. It ends up in the timeline of the report.',
    )
    .argument('<text...>', 'the note, or - to read it from standard input')
    .addOption(runOption())
    .action(async (words: string[], { run }: RunOption) => {
      const { findRunningGameDay } = await import('../control/find-running.ts');
      const { client } = await findRunningGameDay(run);
      await client.act('note', { text: await readArgument(words, context.terminal) });
      context.terminal.err('Noted.');
    });
};
