import type { ServiceSource } from '../../domain/service.ts';
import type { CommandSetup } from '../command-context.ts';
import { servicesOption } from '../sandbox-options.ts';

interface CurveOptions {
  readonly measure?: true;
  readonly services?: ServiceSource;
}

export const curve: CommandSetup = (command, context) => {
  command
    .description(
      "Show how the figures of a scenario grow with the data, of the app as handed out and of the solution. For authors: it says whether size is the flaw's condition.",
    )
    .argument('<scenario>', 'which scenario')
    .option('--measure', 'measure it anew at every size, and keep it with the scenario; takes some minutes')
    .addOption(servicesOption())
    .action(async (id: string, options: CurveOptions) => {
      const { showCurve } = await import('../curve/show-curve.ts');
      await showCurve(id, options, context.terminal);
    });
};
