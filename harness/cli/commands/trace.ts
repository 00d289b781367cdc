import type { CommandSetup } from '../command-context.ts';

export const trace: CommandSetup = (command, context) => {
  command
    .description('Draw one traced request over time, through every process, with repeated calls folded.')
    .argument('<id>', 'its id, or how it begins, from `gameday traces` or a log line')
    .option('--run <id>', 'which run; without it, the latest')
    .action(async (id: string, { run }: { run?: string }) => {
      const { findRun } = await import('../runs/find-run.ts');
      const { findTrace, readTraces } = await import('../traces/read-traces.ts');
      const { recordedPlans } = await import('../../run/recorded-plans.ts');
      const { drawWaterfall } = await import('../traces/draw-waterfall.ts');
      const { terminal } = context;
      const foundRun = findRun(run);
      const found = findTrace(readTraces(foundRun), id);
      const plans = await recordedPlans(foundRun.directory);
      if (terminal.json) terminal.outJson({ ...found, plans: plans.filter(({ traceId }) => traceId === found.id) });
      else terminal.out(drawWaterfall(found, plans, terminal));
    });
};
