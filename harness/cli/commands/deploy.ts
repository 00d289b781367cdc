import { ExitCode } from '../../domain/errors.ts';
import type { CommandSetup } from '../command-context.ts';
import { type RunOption, runOption } from '../control/run-option.ts';

export const deploy: CommandSetup = (command, context) => {
  command
    .description(
      'Build the workspace, apply its new migrations, and replace the running processes one by one, under load.',
    )
    .addOption(runOption())
    .addHelpText('after', '\nA deploy that is refused leaves the old version serving and exits with 99.')
    .action(async ({ run }: RunOption) => {
      const { findRunningGameDay } = await import('../control/find-running.ts');
      const { describeDeploy } = await import('../live/describe-deploy.ts');
      const { client } = await findRunningGameDay(run);
      const { terminal } = context;
      terminal.err('Building and rolling out…');
      const result = await client.act('deploy');
      if (terminal.json) terminal.outJson(result);
      else terminal.out(describeDeploy(result));
      if (!result.ok) context.exitWith(ExitCode.objectivesNotMet);
    });
};
