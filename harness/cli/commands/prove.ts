import type { CommandSetup } from '../command-context.ts';
import { collect, duration, wholeNumber } from '../parse-options.ts';
import type { ProveWishes } from '../prove/prove-wishes.ts';
import { engineOption, servicesOption } from '../sandbox-options.ts';

export const prove: CommandSetup = (command, context) => {
  command
    .description(
      'Prove scenarios by playing them: the flawed app fails, every fix passes, every decoy fails by its named check.',
    )
    .argument('[scenario...]', 'which scenarios; without one, all')
    .option('--all', 'all scenarios, as without a name')
    .option('--variant <name>', 'only this variant (may be repeated)', collect)
    .option('--arm <name>', 'only this arm, beside the flawed one (may be repeated)', collect)
    .option('--repeat <n>', 'play every arm this often; all must agree', wholeNumber)
    .option('--recheck', 'play an arm that comes out otherwise twice more; two of three decide')
    .option('--attempts <n>', 'play an inconclusive arm at most this often (default 3)', wholeNumber)
    .option(
      '--jobs <n>',
      'play so many arms at a time, but for those whose load goes by what the machine can do; with --recheck, what comes out otherwise is played again alone',
      wholeNumber,
    )
    .option(
      '--within <time>',
      'begin no further arm after this time, like 90s or 45m, but for the flawed app and the solution; what is left out changes from day to day',
      duration,
    )
    .addOption(servicesOption())
    .addOption(engineOption())
    .option('--junit <file>', 'also write the result as JUnit XML')
    .option('--keep <directory>', 'keep journals, logs and evidence here')
    .option(
      '--explain',
      'say which check separated which arm from the solution by what factor, and what is too close or missing',
    )
    .option('--write', 'keep what was measured with each scenario, and rewrite scenarios/README.md and PROOFS.md')
    .addHelpText(
      'after',
      '\nExit codes: 0 proven, 99 an arm came out otherwise, 3 an arm was inconclusive and none came out wrong.',
    )
    .action(async (ids: string[], options: ProveWishes) => {
      const { proveAll } = await import('../prove/prove-all.ts');
      context.exitWith(await proveAll(ids, options, context.terminal));
    });
};
