import type { CommandSetup } from '../command-context.ts';
import { type RunOption, runOption } from '../control/run-option.ts';

export const status: CommandSetup = (command, context) => {
  command
    .description('What the running game day looks like now: stage, objectives, figures, addresses.')
    .addOption(runOption())
    .action(async ({ run }: RunOption) => {
      const { findRunningGameDay } = await import('../control/find-running.ts');
      const { describeStatus } = await import('../runs/describe-status.ts');
      const { client } = await findRunningGameDay(run);
      const state = await client.state();
      const { terminal } = context;
      if (terminal.json) terminal.outJson(state);
      else terminal.out(describeStatus(state, Date.now(), terminal.paint));
    });
};
