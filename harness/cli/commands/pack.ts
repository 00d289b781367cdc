import type { CommandSetup } from '../command-context.ts';
import { positiveNumber } from '../parse-options.ts';
import { targetFile } from '../target-file.ts';

interface PackWishes {
  readonly candidate: string;
  readonly hours: number;
  readonly variant: string;
  readonly out?: string;
}

export const pack: CommandSetup = (command, context) => {
  command
    .description(
      'Write a take-home: an archive that plays these scenarios with `npm ci && npm start`, with these reviews and exercises beside them, and tells nothing else.',
    )
    .argument('<exercise...>', 'which scenarios, reviews and exercises in writing; one scenario at least')
    .requiredOption('--candidate <id>', 'who gets it; chooses the variant')
    .option('--hours <n>', 'how long the candidate is told to take', positiveNumber, 3)
    .option('--variant <name>', 'this variant; auto is chosen by the candidate', 'auto')
    .option('--out <file>', 'where to write it, a file or a folder that exists (default: gameday-<candidate>.tgz)')
    .action(async (ids: string[], { candidate, hours, variant, out }: PackWishes) => {
      const { terminal } = context;
      const { findExercises } = await import('../find-exercises.ts');
      const { pack } = await import('../../take-home/pack.ts');
      const exercises = await findExercises(ids);
      const usual = `gameday-${candidate}.tgz`;
      const file = targetFile(out ?? usual, usual);
      const packed = await pack({ ...exercises, candidate, hours, variant, file });
      if (terminal.json) return terminal.outJson({ file, ...packed, files: [...packed.files.keys()] });
      terminal.out(file);
      for (const { scenario, variant } of packed.variants)
        terminal.err(`${candidate} gets ${scenario}, variant ${variant}.`);
      for (const { id } of packed.takeHome.handOuts) terminal.err(`${candidate} gets ${id}.`);
      terminal.err(
        'Nothing in it tells what is wrong: solutions, decoys, rubrics and other scenarios were looked for.',
      );
    });
};
