import type { CommandSetup } from '../command-context.ts';
import { choice, wholeNumber } from '../parse-options.ts';
import { logLevels } from '../runs/log-line.ts';

interface LogsOptions {
  readonly follow?: boolean;
  readonly level?: (typeof logLevels)[number];
  readonly grep?: string;
  readonly lines: number;
  readonly run?: string;
}

export const logs: CommandSetup = (command, context) => {
  command
    .description("Read the logs of a run's processes, merged by time.")
    .argument('[process]', 'only this process, for example api-1, worker-1, postgres')
    .option('-f, --follow', 'go on with what is written, until Ctrl-C')
    .option('--level <level>', `only this level and above: ${logLevels.join(', ')}`, choice(logLevels))
    .option('--grep <text>', 'only lines that contain this, whatever the case')
    .option('-n, --lines <n>', 'how many of the last lines', wholeNumber, 50)
    .option('--run <id>', 'which run; without it, the latest')
    .action(async (process: string | undefined, { run, ...options }: LogsOptions) => {
      const { findRun } = await import('../runs/find-run.ts');
      const { showLogs } = await import('../runs/show-logs.ts');
      const { interruption } = await import('../../platform/signals.ts');
      await showLogs(findRun(run), { ...options, process }, context.terminal, interruption());
    });
};
