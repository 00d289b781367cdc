import type { CommandSetup } from '../command-context.ts';
import { type RunOption, runOption } from '../control/run-option.ts';
import { readArgument } from '../read-argument.ts';

export const sql: CommandSetup = (command, context) => {
  command
    .description('Run one read-only SQL statement in the database of the running game day.')
    .argument('<statement...>', 'the statement, quoted for your shell, or - to read it from standard input')
    .addOption(runOption())
    .addHelpText(
      'after',
      `\nExample:\n  gameday sql 'SELECT query, calls FROM pg_stat_statements ORDER BY total_exec_time DESC LIMIT 5'`,
    )
    .action(async (words: string[], { run }: RunOption) => {
      const { findRunningGameDay } = await import('../control/find-running.ts');
      const { describeRows } = await import('../runs/describe-rows.ts');
      const { client } = await findRunningGameDay(run);
      const { terminal } = context;
      const result = await client.act('sql', { statement: await readArgument(words, terminal) });
      if (terminal.json) return terminal.outJson(result);
      terminal.out(describeRows(result, terminal.paint));
      terminal.err(
        `(${result.rows.length} ${result.rows.length === 1 ? 'row' : 'rows'}${result.truncated ? ', more were cut off' : ''})`,
      );
    });
};
