import type { CommandSetup } from '../command-context.ts';
import { type RunOption, runOption } from '../control/run-option.ts';

export const brief: CommandSetup = (command, context) => {
  command
    .description(
      'Read the briefing of the running game day again, with the requests its customers send in this variant.',
    )
    .addOption(runOption())
    .action(async ({ run }: RunOption) => {
      const { findRunningGameDay } = await import('../control/find-running.ts');
      const { findScenario } = await import('../find-scenario.ts');
      const { readBriefing } = await import('../../run/scenario-files.ts');
      const { describeTraffic } = await import('../runs/describe-traffic.ts');
      const { plainText } = await import('../../reports/plain-text.ts');
      const { client } = await findRunningGameDay(run);
      const state = await client.state();
      const scenario = await findScenario(state.scenario);
      const briefing = await readBriefing(scenario);
      const { requests } = scenario.definition.plan(scenario.definition.variants[state.variant]).workload;
      const { terminal } = context;
      if (terminal.json) terminal.outJson({ briefing, requests, objectives: state.objectives });
      else terminal.out(`${plainText(briefing).trim()}\n\n${describeTraffic(requests)}`);
    });
};
