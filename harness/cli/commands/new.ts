import type { CommandSetup } from '../command-context.ts';

/** Named so because `new` is a reserved word. */
export const newCommand: CommandSetup = (command, context) => {
  command.description('Write the frame of something new.');
  command
    .command('scenario')
    .description('Write scenarios/<id>/ with every file a scenario has, each saying what belongs into it.')
    .argument('<id>', 'lower case words with hyphens, naming the symptom and not the cause: slow-account-list')
    .action(async (id: string) => {
      const { writeScenarioFrame } = await import('../new-scenario/write-scenario-frame.ts');
      const { folder, files } = writeScenarioFrame(id);
      const { terminal } = context;
      if (terminal.json) return terminal.outJson({ id, folder, files });
      terminal.out(files.join('\n'));
      terminal.err(`\nFill in scenario.ts first; this says what is still missing:  gameday prove ${id}`);
    });
};
