import { Option } from 'commander';
import type { CommandSetup } from '../command-context.ts';
import type { ReportWishes } from '../runs/show-report.ts';

export const report: CommandSetup = (command, context) => {
  command
    .description('Print the report of a run, finished or running, or of a graded submission.')
    .argument('[run]', 'which run, or a folder that gameday grade wrote; without it, the latest run')
    .option('--post-mortem', 'the draft of the post-mortem instead, with what the diagnosis says')
    .addOption(new Option('--format <format>', 'as what').choices(['markdown', 'html', 'pdf']).default('markdown'))
    .option(
      '--out <file>',
      'write it there, a file or a folder that exists, instead of printing it; a PDF is written beside the run without it',
    )
    .action(async (name: string | undefined, wishes: ReportWishes) => {
      const { showReport } = await import('../runs/show-report.ts');
      await showReport(name, wishes, context.terminal);
    });
};
