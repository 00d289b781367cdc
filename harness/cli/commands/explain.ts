import type { CommandSetup } from '../command-context.ts';
import { type RunOption, runOption } from '../control/run-option.ts';
import { readArgument } from '../read-argument.ts';

export const explain: CommandSetup = (command, context) => {
  command
    .description(
      'EXPLAIN (ANALYZE, BUFFERS) one query in a transaction that is rolled back. The costliest steps are emphasised.',
    )
    .argument('<query...>', 'the query, quoted for your shell, or - to read it from standard input')
    .addOption(runOption())
    .action(async (words: string[], { run }: RunOption) => {
      const { findRunningGameDay } = await import('../control/find-running.ts');
      const { describePlan } = await import('../runs/describe-plan.ts');
      const { client } = await findRunningGameDay(run);
      const { terminal } = context;
      const result = await client.act('explain', { statement: await readArgument(words, terminal) });
      if (terminal.json) terminal.outJson(result);
      else terminal.out(describePlan(result.plan, terminal.paint));
    });
};
