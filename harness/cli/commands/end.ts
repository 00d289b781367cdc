import type { CommandSetup } from '../command-context.ts';
import { type RunOption, runOption } from '../control/run-option.ts';

export const end: CommandSetup = (command, context) => {
  command
    .description('End the running game day without submitting. Its journal and workspace stay.')
    .addOption(runOption())
    .action(async ({ run }: RunOption) => {
      const { findRunningGameDay } = await import('../control/find-running.ts');
      const gameDay = await findRunningGameDay(run);
      await gameDay.client.act('end');
      context.terminal.err(`Ended. See: gameday report ${gameDay.run}`);
    });
};
