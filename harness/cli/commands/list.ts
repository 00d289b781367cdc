import type { Scenario } from '../../domain/scenario.ts';
import type { CommandSetup } from '../command-context.ts';
import { textTable } from '../terminal/table.ts';

export const list: CommandSetup = (command, context) => {
  command
    .description('List the scenarios, easiest first.')
    .option('--long', 'also show skills and variants')
    .action(async ({ long }: { long?: boolean }) => {
      const { discoverScenarios } = await import('../../run/catalogue.ts');
      const { scenarios, problems } = await discoverScenarios();
      const { terminal } = context;
      if (terminal.json) terminal.outJson(scenarios.map(asJson));
      else terminal.out(scenarioTable(scenarios, { long: long === true, width: terminal.width }));
      for (const problem of problems) terminal.err(`\nnot listed: ${problem.message}`);
      if (!terminal.json) terminal.err(`\nPlay one:  gameday play ${scenarios[0]?.id ?? '<scenario>'}`);
    });
};

/** Scenarios as a table; `long` adds skills and variants. */
export function scenarioTable(
  scenarios: readonly Scenario[],
  { long, width }: { long: boolean; width: number },
): string {
  const idWidth = Math.max(8, ...scenarios.map(({ id }) => id.length));
  const fixed = idWidth + 6 + 7 + 6;
  const rows = scenarios.map(({ id, definition, variants }) => [
    id,
    definition.level,
    `${definition.minutes} min`,
    [
      definition.summary,
      ...(long ? [`skills: ${definition.skills.join(', ')}`, `variants: ${variants.join(', ')}`] : []),
    ].join('\n'),
  ]);
  return textTable(
    [
      { title: 'Scenario' },
      { title: 'Level' },
      { title: 'Time', align: 'right' },
      { title: 'What the pager says', max: Math.max(30, width - fixed - 2) },
    ],
    rows,
  );
}

function asJson({ id, definition, variants }: Scenario) {
  const { title, summary, level, minutes, skills, size } = definition;
  return { id, title, summary, level, minutes, skills, size, variants };
}
