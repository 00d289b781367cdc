import type { CommandSetup } from '../command-context.ts';
import { type RunOption, runOption } from '../control/run-option.ts';

export const hint: CommandSetup = (command, context) => {
  command
    .description('Reveal the next hint. It costs points; `gameday status` says how many.')
    .addOption(runOption())
    .action(async ({ run }: RunOption) => {
      const { findRunningGameDay } = await import('../control/find-running.ts');
      const { formatCost } = await import('../../reports/format.ts');
      const { client } = await findRunningGameDay(run);
      const revealed = await client.act('hint');
      const { terminal } = context;
      if (terminal.json) return terminal.outJson(revealed);
      terminal.err(`Hint ${revealed.number}${formatCost(revealed.cost)}`);
      terminal.out(revealed.text.trim());
    });
};
