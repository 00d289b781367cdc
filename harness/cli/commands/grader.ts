import type { CommandSetup } from '../command-context.ts';

interface GraderWishes {
  readonly queue: string;
  readonly trustCandidate?: true;
}

export const grader: CommandSetup = (command, context) => {
  command
    .description(
      'Grade what others put on a queue with gameday grade --queue, one submission at a time, until it is interrupted. Start one on every machine that is to help.',
    )
    .requiredOption('--queue <url>', 'the Redis that it is on')
    .option('--trust-candidate', 'run the candidates’ code without keeping it away from your files and network')
    .action(async (wishes: GraderWishes) => {
      const { runGrader } = await import('../grading/run-grader.ts');
      await runGrader(wishes, context.terminal);
    });
};
