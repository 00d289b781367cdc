import type { CommandSetup } from '../command-context.ts';
import { wholeNumber } from '../parse-options.ts';

interface PlansOptions {
  readonly grep?: string;
  readonly lines: number;
  readonly run?: string;
}

export const plans: CommandSetup = (command, context) => {
  command
    .description(
      'Show how the server ran the slowest statements, as auto_explain logged it: one in four of those from 50 ms on, with buffers and rows, and without times per step.',
    )
    .option('--grep <text>', 'only statements that contain this, whatever the case')
    .option('-n, --lines <n>', 'how many statements', wholeNumber, 3)
    .option('--run <id>', 'which run; without it, the latest')
    .action(async ({ grep = '', lines, run }: PlansOptions) => {
      const { findRun } = await import('../runs/find-run.ts');
      const { requirePlans } = await import('../plans/require-plans.ts');
      const { describeStatement } = await import('../plans/describe-statement.ts');
      const { slowStatements } = await import('../../meters/plan-log.ts');
      const { terminal } = context;
      const wanted = slowStatements(await requirePlans(findRun(run)))
        .filter(({ slowest }) => slowest.query.toLowerCase().includes(grep.toLowerCase()))
        .slice(0, lines);
      if (terminal.json) terminal.outJson(wanted);
      else terminal.out(wanted.map((statement) => describeStatement(statement, terminal.paint)).join('\n\n'));
    });
};
