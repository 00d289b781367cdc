import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Scenario } from '../domain/scenario.ts';
import { importDefault, invalid } from './catalogue.ts';
import { patchesIn, readCaughtBy } from './scenario-files.ts';
import { validateRubric } from './validate-scenario.ts';

/** What reviewers and a proof need beside what a game day does. */
const neededFiles = ['rubric.ts', 'solution/fix.patch', 'solution/why.md'];

/** Throws `SCENARIO_INVALID` with everything at once that is missing in the folder of a scenario or wrong with its rubric and decoys. */
export async function assertProvable(scenario: Scenario): Promise<void> {
  const { folder } = scenario;
  const missing = neededFiles.filter((name) => !existsSync(join(folder, name))).map((name) => `${name}: is missing`);
  const problems = [...missing, ...(await rubricProblems(folder)), ...(await decoyProblems(scenario))];
  if (problems.length > 0) throw invalid(folder, problems.join('\n'));
}

async function rubricProblems(folder: string): Promise<readonly string[]> {
  const file = join(folder, 'rubric.ts');
  if (!existsSync(file)) return [];
  return validateRubric(await importDefault(file)).map((problem) => `rubric.ts: ${problem}`);
}

async function decoyProblems({ folder, definition }: Scenario): Promise<readonly string[]> {
  const plans = Object.values(definition.variants).map((variant) => definition.plan(variant));
  const checks = new Set(plans.flatMap(({ objectives }) => objectives.map(({ name }) => name)));
  const problems = await Promise.all(
    (await patchesIn(join(folder, 'decoys'))).map(async (file) => {
      const caughtBy = readCaughtBy(await readFile(file, 'utf8'));
      const where = file.slice(folder.length + 1);
      if (caughtBy === undefined) return [`${where}: its header lacks the line "Caught-by: <check name>"`];
      if (checks.has(caughtBy)) return [];
      return [`${where}: no objective is named "${caughtBy}"; there are ${[...checks].join(', ')}`];
    }),
  );
  return problems.flat();
}
