import type { CommandSetup } from '../command-context.ts';
import { type RunOption, runOption } from '../control/run-option.ts';

export const submit: CommandSetup = (command, context) => {
  command
    .description('Play the incident again on your code, with a fresh database, and judge it. Ends the game day.')
    .addOption(runOption())
    .addHelpText('after', '\nExit codes: 0 passed, 99 failed, 3 inconclusive.')
    .action(async ({ run }: RunOption) => {
      const { findRunningGameDay } = await import('../control/find-running.ts');
      const { submitAndWatch } = await import('../control/submit-and-watch.ts');
      const { exitCodeOfOutcome } = await import('../runs/exit-code.ts');
      const { judgementTable, paintOutcome } = await import('../runs/judgement-table.ts');
      const gameDay = await findRunningGameDay(run);
      const { terminal } = context;
      const judgement = await submitAndWatch(gameDay.client, terminal);
      const { outcome, results, reasons } = judgement;
      if (terminal.json) terminal.outJson({ run: gameDay.run, ...judgement });
      else {
        terminal.out(`Verdict: ${paintOutcome(outcome, terminal.paint)}`);
        for (const reason of reasons) terminal.out(`  because ${reason}`);
        if (results.length > 0) terminal.out(`\n${judgementTable(results, terminal.paint, terminal.width)}`);
        terminal.err(`\nThe whole story: gameday report ${gameDay.run}`);
      }
      context.exitWith(exitCodeOfOutcome(outcome));
    });
};
