import type { CommandSetup } from '../command-context.ts';

export const trace: CommandSetup = (command, context) => {
  command
    .description('Draw one traced request over time, through every process, with repeated calls folded.')
    .argument('<id>', 'its id, or how it begins, from `gameday traces` or a log line')
    .option('--run <id>', 'which run; without it, the latest')
    .action(async (id: string, { run }: { run?: string }) => {
      const { findRun } = await import('../runs/find-run.ts');
      const { findTrace, readTraces } = await import('../traces/read-traces.ts');
      const { drawWaterfall } = await import('../traces/draw-waterfall.ts');
      const { terminal } = context;
      const found = findTrace(readTraces(findRun(run)), id);
      if (terminal.json) terminal.outJson(found);
      else terminal.out(drawWaterfall(found, terminal));
    });
};
