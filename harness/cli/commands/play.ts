import type { CompanySize } from '../../domain/company.ts';
import type { EngineName } from '../../domain/load.ts';
import type { ServiceSource } from '../../domain/service.ts';
import type { CommandSetup } from '../command-context.ts';
import { positiveNumber, wholeNumber } from '../parse-options.ts';
import { engineOption, servicesOption, sizeOption } from '../sandbox-options.ts';

interface PlayOptions {
  readonly variant?: string;
  readonly size?: CompanySize;
  readonly rate?: number;
  readonly engine?: EngineName;
  readonly services?: ServiceSource;
  readonly minutes?: number;
  readonly seed?: number;
  readonly facilitator?: boolean;
}

const exitCodes = `
Ends when you submit (s, or \`gameday submit\` elsewhere), end it (q, or \`gameday end\`), or when its time is up.
Exit codes:
  submitted      0 passed, 99 failed, 3 inconclusive
  not submitted  0 objectives met when last judged, 99 broken, 3 never judged
  Ctrl-C         130`;

export const play: CommandSetup = (command, context) => {
  command
    .description('Boot a sandbox, put it under load, let the incident happen; you repair it in the workspace.')
    .argument('[scenario]', 'which scenario; without it, the easiest')
    .option('--variant <name>', 'which variant of the scenario')
    .addOption(sizeOption())
    .option('--rate <n>', "requests per second, instead of the scenario's own rate", positiveNumber)
    .addOption(engineOption())
    .addOption(servicesOption())
    .option('--minutes <n>', "time until it ends, instead of the scenario's own", positiveNumber)
    .option('--seed <n>', 'seed of the traffic (default: 1)', wholeNumber)
    .option(
      '--facilitator',
      'name the faults in force in the metrics: for who leads the game day, not for who plays it',
    )
    .addHelpText('after', exitCodes)
    .action(async (id: string | undefined, options: PlayOptions) => {
      const { terminal } = context;
      const { defaultScenario } = await import('../../run/catalogue.ts');
      const { findScenario } = await import('../find-scenario.ts');
      const scenario = id === undefined ? await defaultScenario() : await findScenario(id);
      const { bootGameDay } = await import('../live/boot-game-day.ts');
      const { playSession } = await import('../live/play-session.ts');
      const { gameDay, signal } = await bootGameDay(scenario, options, terminal);
      context.exitWith(await playSession(gameDay, terminal, signal));
    });
};
