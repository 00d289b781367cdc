import type { CommandSetup } from '../command-context.ts';
import { type GradeWishes, isolationNames } from '../grading/grade-wishes.ts';
import { isolationOptions } from '../grading/isolation-options.ts';
import { oneOf, wholeNumber } from '../parse-options.ts';

export const grade: CommandSetup = (command, context) => {
  // Whoever takes it from the queue decides how it is kept.
  const [isolation, trustCandidate] = isolationOptions('queue');
  command
    .description(
      'Grade what candidates sent back: each is built from your own copy, played between the app as handed out and the reference solution, and its diagnosis is held against what was measured.',
    )
    .argument('<submission...>', 'archives of gameday submit')
    .option('--out <folder>', 'gets a folder for each, with scorecard.json, junit.xml and report.html', 'grades')
    .option(
      '--seed <n>',
      'what chance depends on, to grade the same way again (default: another each time)',
      wholeNumber,
    )
    .option(
      '--allow-instruments',
      'believe the app’s own figures although the change touches where they come from: you have read it',
    )
    .addOption(isolation)
    .addOption(trustCandidate)
    .option('--queue <url>', 'have it done by the graders that wait there (gameday grader), and write what comes back')
    .addOption(oneOf('--boxed <isolation>', 'within which isolation we are', isolationNames).hideHelp())
    .addHelpText(
      'after',
      '\nExit codes: 0 all passed, 99 one failed, 3 one is inconclusive, 2 one is refused; the last of these that applies.',
    )
    .action(async (files: string[], wishes: GradeWishes) => {
      const { gradeAll } = await import('../grading/grade-all.ts');
      context.exitWith(await gradeAll(files, wishes, context.terminal));
    });
};
