import type { CommandSetup } from '../command-context.ts';
import { wholeNumber } from '../parse-options.ts';

interface TracesOptions {
  readonly route?: string;
  readonly slowest?: boolean;
  readonly lines: number;
  readonly run?: string;
}

export const traces: CommandSetup = (command, context) => {
  command
    .description(
      'List traced requests of a run, newest first; `gameday trace <id>` shows one. A share of all requests is traced.',
    )
    .option('--route <text>', 'only requests whose method and route contain this, for example "GET /v1/accounts"')
    .option('--slowest', 'slowest first')
    .option('-n, --lines <n>', 'how many', wholeNumber, 20)
    .option('--run <id>', 'which run; without it, the latest')
    .action(async ({ route, slowest, lines, run }: TracesOptions) => {
      const { findRun } = await import('../runs/find-run.ts');
      const { readTraces } = await import('../traces/read-traces.ts');
      const { selectTraces } = await import('../traces/select-traces.ts');
      const { traceTable } = await import('../traces/trace-table.ts');
      const { terminal } = context;
      const selected = selectTraces(readTraces(findRun(run)), { route, slowest }).slice(0, lines);
      if (terminal.json) terminal.outJson(selected);
      else terminal.out(traceTable(selected));
    });
};
