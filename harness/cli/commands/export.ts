import { resolve } from 'node:path';
import type { CommandSetup } from '../command-context.ts';
import { positiveNumber } from '../parse-options.ts';

interface ExportOptions {
  readonly variant?: string;
  readonly rate?: number;
  readonly out?: string;
  readonly operator?: true;
}

/** Named so because `export` is a reserved word. */
export const exportCommand: CommandSetup = (command, context) => {
  command.description('Write something of gameday for another tool.');
  command
    .command('k6')
    .description("Write a scenario's traffic as a folder that `k6 run` plays as it is, on any machine.")
    .argument('<scenario>', 'which scenario')
    .option('--variant <name>', 'which variant of the scenario')
    .option('--rate <n>', "requests per second, instead of the scenario's own rate", positiveNumber)
    .option('--out <folder>', 'where to write it (default: k6-<scenario>)')
    .option('--operator', 'also write the Kubernetes TestRun for k6-operator')
    .action(async (id: string, { variant, rate, out, operator }: ExportOptions) => {
      const { terminal } = context;
      const { findScenario } = await import('../find-scenario.ts');
      const { exportLoad } = await import('../../run/export-load.ts');
      const { createBootProgress } = await import('../terminal/boot-progress.ts');
      const scenario = await findScenario(id);
      const folder = resolve(out ?? `k6-${id}`);
      const progress = createBootProgress(terminal);
      try {
        const files = await exportLoad({
          scenario,
          folder,
          operator: operator ?? false,
          ...(variant !== undefined && { variant }),
          ...(rate !== undefined && { ratePerSecond: rate }),
          onStep: progress.step,
        });
        progress.end('✔');
        if (terminal.json) return terminal.outJson({ folder, files });
        terminal.out(files.map((file) => `${folder}/${file}`).join('\n'));
        terminal.err(`\nPlay it:  k6 run -e BASE_URL=http://127.0.0.1:3000 ${folder}/script.js`);
      } catch (error) {
        progress.end('✘');
        throw error;
      }
    });
};
