import type { CommandSetup } from '../command-context.ts';
import type { GradeWishes } from '../grading/grade-wishes.ts';
import { isolationOptions } from '../grading/isolation-options.ts';

interface GraderWishes extends Pick<GradeWishes, 'isolation' | 'trustCandidate'> {
  readonly queue: string;
}

export const grader: CommandSetup = (command, context) => {
  const [isolation, trustCandidate] = isolationOptions();
  command
    .description(
      'Grade what others put on a queue with gameday grade --queue, one submission at a time, until it is interrupted. Start one on every machine that is to help.',
    )
    .requiredOption('--queue <url>', 'the Redis that it is on')
    .addOption(isolation)
    .addOption(trustCandidate)
    .action(async (wishes: GraderWishes) => {
      const { runGrader } = await import('../grading/run-grader.ts');
      await runGrader(wishes, context.terminal);
    });
};
