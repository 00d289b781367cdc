import type { CompanySize } from '../../domain/company.ts';
import type { ServiceSource } from '../../domain/service.ts';
import type { CommandSetup } from '../command-context.ts';
import { servicesOption, sizeOption } from '../sandbox-options.ts';

interface DemoOptions {
  readonly variant?: string;
  readonly size?: CompanySize;
  readonly services?: ServiceSource;
}

export const demo: CommandSetup = (command, context) => {
  command
    .description(
      'Watch a whole game day without doing anything: the incident, the reference solution deployed under load, the verdict.',
    )
    .argument('[scenario]', 'which scenario; without it, the easiest')
    .option('--variant <name>', 'which variant of the scenario')
    .addOption(sizeOption())
    .addOption(servicesOption())
    .addHelpText(
      'after',
      '\nThis gives the solution of the scenario away.\nExit codes: 0 passed, 99 failed, 3 inconclusive.',
    )
    .action(async (id: string | undefined, wishes: DemoOptions) => {
      const { runDemo } = await import('../live/run-demo.ts');
      context.exitWith(await runDemo(id, wishes, context.terminal));
    });
};
