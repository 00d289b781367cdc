import type { CommandSetup } from '../command-context.ts';

export const demo: CommandSetup = (command, context) => {
  command
    .description(
      'Watch a whole game day without doing anything: the incident, the reference solution deployed under load, the verdict.',
    )
    .argument('[scenario]', 'which scenario; without it, the easiest')
    .option('--variant <name>', 'which variant of the scenario')
    .addHelpText(
      'after',
      '\nThis gives the solution of the scenario away.\nExit codes: 0 passed, 99 failed, 3 inconclusive.',
    )
    .action(async (id: string | undefined, { variant }: { variant?: string }) => {
      const { runDemo } = await import('../live/run-demo.ts');
      context.exitWith(await runDemo(id, variant, context.terminal));
    });
};
