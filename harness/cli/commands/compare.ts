import type { CommandSetup } from '../command-context.ts';

export const compare: CommandSetup = (command, context) => {
  command
    .description(
      'Lay the evidence about several candidates side by side, dimension by dimension. It ranks nobody: they stand in the order of their names.',
    )
    .argument('<folder...>', 'folders that gameday grade wrote, or the one they are in')
    .action(async (folders: string[]) => {
      const { findGradedFolders } = await import('../grading/graded-folder.ts');
      const { comparison } = await import('../grading/comparison.ts');
      const { terminal } = context;
      const graded = [...findGradedFolders(folders)].sort((one, other) =>
        one.scorecard.candidate.localeCompare(other.scorecard.candidate),
      );
      if (terminal.json) terminal.outJson(graded);
      else terminal.out(comparison(graded, terminal.width));
    });
};
