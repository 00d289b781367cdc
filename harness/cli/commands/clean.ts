import type { CommandSetup } from '../command-context.ts';
import { duration } from '../parse-options.ts';

interface CleanOptions {
  readonly runs?: boolean;
  readonly cache?: boolean;
  readonly olderThan?: number;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

export const clean: CommandSetup = (command, context) => {
  command
    .description('Remove finished runs (journal, workspace, logs) and cached databases. Never what is running.')
    .option('--runs', 'only runs')
    .option('--cache', 'only the cache; the next boot seeds its database anew')
    .option('--older-than <age>', 'only what was not changed for this long: 30m, 12h, 7d', duration)
    .option('--dry-run', 'only say what would be removed')
    .option('-y, --yes', 'remove without asking')
    .action(async ({ runs, cache, olderThan, dryRun, yes }: CleanOptions) => {
      const { findRemovable } = await import('../runs/find-removable.ts');
      const { removeAll } = await import('../runs/remove-all.ts');
      const both = !runs && !cache;
      const look = () =>
        findRemovable({
          runs: both || runs === true,
          cache: both || cache === true,
          ...(olderThan !== undefined && { olderThan }),
        });
      await removeAll(look, { dryRun: dryRun === true, yes: yes === true }, context.terminal);
    });
};
