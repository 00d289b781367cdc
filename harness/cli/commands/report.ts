import { join } from 'node:path';
import type { CommandSetup } from '../command-context.ts';

export const report: CommandSetup = (command, context) => {
  command
    .description('Print the report of a run, finished or running, as Markdown.')
    .argument('[run]', 'which run; without it, the latest')
    .option('--post-mortem', 'print the post-mortem draft instead')
    .action(async (name: string | undefined, { postMortem }: { postMortem?: boolean }) => {
      const { findRun } = await import('../runs/find-run.ts');
      const { reportOf } = await import('../runs/run-reports.ts');
      const { curveOf } = await import('../runs/curve-of.ts');
      const { titleOf } = await import('../runs/title-of.ts');
      const { readJournal } = await import('../../run/journal.ts');
      const { summarise } = await import('../../reports/run-summary.ts');
      const { rollOutHarm } = await import('../../reports/roll-out-harm.ts');
      const { renderPostMortem } = await import('../../reports/post-mortem.ts');
      const { run, directory } = findRun(name);
      const events = readJournal(join(directory, 'events.jsonl'));
      const { scenario } = summarise(events);
      const [title, curve] = await Promise.all([titleOf(scenario), curveOf(scenario)]);
      const { terminal } = context;
      if (terminal.json)
        terminal.outJson({ run, title, directory, summary: summarise(events), rollOut: rollOutHarm(events), events });
      else
        terminal.out(
          (postMortem
            ? renderPostMortem({ run, title, events })
            : reportOf({ run, title, directory, events, ...(curve && { curve }) })
          ).trimEnd(),
        );
    });
};
