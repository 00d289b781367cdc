import { GamedayError } from '../../domain/errors.ts';
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
      const { findRun } = await import('../runs/find-run.ts');
      const { handIn } = await import('../runs/hand-in.ts');
      const { thisTakeHome } = await import('../../take-home/this-take-home.ts');
      const { terminal } = context;
      const gameDay = await findRunningGameDay(run).catch(async (error: unknown) => {
        // Whoever has gone on with the diagnosis after the game day sends that.
        const submission = thisTakeHome() !== undefined && isNotRunning(error) && (await handIn(findRun(run)));
        if (!submission) throw error;
        terminal.out(submission);
      });
      if (gameDay === undefined) return;
      const judgement = await submitAndWatch(gameDay.client, terminal);
      const { outcome, results, reasons } = judgement;
      if (terminal.json) terminal.outJson({ run: gameDay.run, ...judgement });
      else {
        terminal.out(`Verdict: ${paintOutcome(outcome, terminal.paint)}`);
        for (const reason of reasons) terminal.out(`  because ${reason}`);
        if (results.length > 0) terminal.out(`\n${judgementTable(results, terminal.paint, terminal.width)}`);
        terminal.err(`\nThe whole story: gameday report ${gameDay.run}`);
      }
      const submission = await handIn(gameDay);
      if (submission !== undefined) terminal.err(`Send back: ${submission}`);
      context.exitWith(exitCodeOfOutcome(outcome));
    });
};

const isNotRunning = (error: unknown) => error instanceof GamedayError && error.code === 'NO_GAME_DAY';
