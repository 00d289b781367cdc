import type { CommandSetup } from '../command-context.ts';
import { positiveNumber } from '../parse-options.ts';
import { targetFile } from '../target-file.ts';

interface PackWishes {
  readonly candidate: string;
  readonly hours: number;
  readonly variant?: string;
  readonly out?: string;
}

export const pack: CommandSetup = (command, context) => {
  command
    .description(
      'Write a take-home: an archive that plays these scenarios with `npm ci && npm start`, and tells nothing else.',
    )
    .argument('<scenario...>', 'which scenarios')
    .requiredOption('--candidate <id>', 'who gets it; chooses the variant')
    .option('--hours <n>', 'how long the candidate is told to take', positiveNumber, 3)
    .option('--variant <name>', 'this variant instead of the one chosen by the candidate')
    .option('--out <file>', 'where to write it, a file or a folder that exists (default: gameday-<candidate>.tgz)')
    .action(async (ids: string[], { candidate, hours, variant, out }: PackWishes) => {
      const { terminal } = context;
      const { discoverScenarios } = await import('../../run/catalogue.ts');
      const { findScenario } = await import('../find-scenario.ts');
      const { pack } = await import('../../take-home/pack.ts');
      const scenarios = await Promise.all([...new Set(ids)].map(findScenario));
      const { scenarios: catalogue } = await discoverScenarios();
      const usual = `gameday-${candidate}.tgz`;
      const file = targetFile(out ?? usual, usual);
      const wishes = { scenarios, catalogue, candidate, hours, file };
      const packed = await pack(variant === undefined ? wishes : { ...wishes, variant });
      if (terminal.json) return terminal.outJson({ file, ...packed, files: [...packed.files.keys()] });
      terminal.out(file);
      for (const { scenario, variant } of packed.variants)
        terminal.err(`${candidate} gets ${scenario}, variant ${variant}.`);
      terminal.err(
        'Nothing in it tells what is wrong: solutions, decoys, rubrics and other scenarios were looked for.',
      );
    });
};
