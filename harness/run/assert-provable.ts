import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Scenario } from '../domain/scenario.ts';
import { importDefault, invalid, shownFiles } from './catalogue.ts';
import { patchesIn, readCaughtBy } from './scenario-files.ts';
import { validateRubric } from './validate-scenario.ts';

/** What reviewers and a proof need beside what a game day does. */
const neededFiles = ['rubric.ts', 'solution/fix.patch', 'solution/why.md'];

/** Begins a line of a new scenario's files that says what its author has to write there. */
export const TO_BE_WRITTEN = '(to be written)';

/** Every file that may hold such a line. */
const writtenFiles = [...shownFiles, 'solution/why.md', 'solution/README.md', 'decoys/README.md'];

/** Throws `SCENARIO_INVALID` with everything at once that is missing in the folder of a scenario or wrong with its rubric and decoys. */
export async function assertProvable(scenario: Scenario): Promise<void> {
  const { folder, id } = scenario;
  const missing = neededFiles.filter((name) => !existsSync(join(folder, name))).map((name) => `${name}: is missing`);
  const problems = [
    ...(await unwritten(folder)),
    ...missing,
    ...(await unexplained(folder)),
    ...(await rubricProblems(folder)),
    ...(await decoyProblems(scenario)),
  ];
  if (problems.length > 0) throw invalid(folder, problems.join('\n'), whatNext(id));
}

const whatNext = (id: string) =>
  `scenarios/AUTHORING.md says what belongs where; \`gameday prove ${id} --arm flawed\` plays the app as it is handed out, whatever else is missing.`;

/** What the author has not come to yet, in the words that stand there. */
async function unwritten(folder: string): Promise<readonly string[]> {
  const found = writtenFiles.map(async (name) => {
    const text = await readFile(join(folder, name), 'utf8').catch(() => '');
    const lines = text.split('\n').filter((line) => line.startsWith(TO_BE_WRITTEN));
    return lines.map((line) => `${name}: is to be written:${line.slice(TO_BE_WRITTEN.length)}`);
  });
  return (await Promise.all(found)).flat();
}

/** A heading is not an explanation, characters. */
const shortestExplanation = 500;

async function unexplained(folder: string): Promise<readonly string[]> {
  const why = await readFile(join(folder, 'solution', 'why.md'), 'utf8').catch(() => undefined);
  if (why === undefined || why.includes(TO_BE_WRITTEN) || why.trim().length >= shortestExplanation) return [];
  return [
    'solution/why.md: says too little: the mechanism, why the repair holds, what was rejected, figures before and after',
  ];
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
