import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GamedayError, messageOf, usageError } from '../domain/errors.ts';
import type { Scenario, ScenarioDefinition } from '../domain/scenario.ts';
import { compiled } from '../platform/compile.mjs';
import { byLevel, foldersWith, missingFiles, scenariosFolder } from './scenario-folders.ts';
import { validateDefinition } from './validate-scenario.ts';

const scenarioFile = 'scenario.ts';

/** Every scenario under `scenarios/`; a folder with a `scenario.ts` is one, there is no registry. */
export interface Catalogue {
  /** The valid ones, easiest first, then by id. */
  readonly scenarios: readonly Scenario[];
  /** What is wrong with the others: a scenario that is being written must not keep anybody from playing its neighbours. */
  readonly problems: readonly GamedayError[];
}

/** Looks through `scenarios/`. */
export async function discoverScenarios(): Promise<Catalogue> {
  const loaded = await Promise.allSettled((await foldersWith(scenarioFile)).map(loadScenario));
  const scenarios = loaded.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const problems = loaded.flatMap((result) => (result.status === 'rejected' ? [result.reason as GamedayError] : []));
  return { scenarios: scenarios.sort(byLevel), problems };
}

/** The scenario that is played when none is named: the one that says so, or the first of the catalogue. Throws `NO_SCENARIOS`. */
export async function defaultScenario(): Promise<Scenario> {
  const { scenarios, problems } = await discoverScenarios();
  const first = scenarios.find(({ definition }) => definition.playedByDefault) ?? scenarios[0];
  if (first === undefined)
    throw problems[0] ?? usageError('NO_SCENARIOS', 'There are no scenarios.', 'gameday new scenario <id>');
  return first;
}

/** The scenario with this id. Throws `SCENARIO_UNKNOWN` with the known ids, `SCENARIO_INVALID` with file and reasons. */
export async function findScenario(id: string): Promise<Scenario> {
  const ids = await foldersWith(scenarioFile);
  if (!ids.includes(id))
    throw usageError(
      'SCENARIO_UNKNOWN',
      `There is no scenario "${id}".`,
      `Known: ${ids.join(', ')}. See \`gameday list\`.`,
    );
  return loadScenario(id);
}

async function loadScenario(id: string): Promise<Scenario> {
  const folder = join(scenariosFolder, id);
  const file = join(folder, scenarioFile);
  const definition = await importDefault(file);
  const invalidities = validateDefinition(definition);
  const valid = withScripts(definition as ScenarioDefinition, folder);
  const problems = [
    ...invalidities,
    ...missingFiles(folder, shownFiles),
    ...(invalidities.length === 0 ? missingScripts(valid) : []),
  ];
  if (problems.length > 0) {
    const source = await readFile(file, 'utf8');
    throw invalid(file, problems.map((problem) => `${lineOf(source, problem)}${problem}`).join('\n'));
  }
  return { id, folder, definition: valid, variants: Object.keys(valid.variants) };
}

/** The definition with the paths of its k6 scripts, which are relative to its folder, made absolute. */
function withScripts(definition: ScenarioDefinition, folder: string): ScenarioDefinition {
  const plan: ScenarioDefinition['plan'] = (variant) => {
    const planned = definition.plan(variant);
    const { workload } = planned;
    return workload.k6 === undefined
      ? planned
      : { ...planned, workload: { ...workload, k6: { script: join(folder, workload.k6.script) } } };
  };
  return { ...definition, plan };
}

function missingScripts({ plan, variants }: ScenarioDefinition): readonly string[] {
  const scripts = Object.values(variants).map((variant) => plan(variant).workload.k6?.script);
  const missing = new Set(scripts.filter((script) => script !== undefined && !existsSync(script)));
  return [...missing].map((script) => `workload.k6.script: there is no ${script}`);
}

/** What everybody who plays is shown. */
export const shownFiles = ['briefing.md', 'hints/1.md', 'hints/2.md', 'hints/3.md'];

/** Where the field that a problem begins with stands in the file, as far as its name tells: `line 7: `. */
function lineOf(source: string, problem: string): string {
  const field = /^[^:]*?([A-Za-z]+)[.\d]*:/.exec(problem)?.[1];
  const line = source
    .split('\n')
    .findIndex((text) => field !== undefined && new RegExp(`^\\s*(export default )?${field}\\b\\s*[:(]`).test(text));
  return line < 0 ? '' : `line ${line + 1}: `;
}

/** The default export of a file of a scenario. Throws `SCENARIO_INVALID` when it can't be loaded. */
export async function importDefault(file: string): Promise<unknown> {
  try {
    return ((await import(await compiled(file))) as { default?: unknown }).default;
  } catch (error) {
    if (error instanceof GamedayError) throw invalid(file, `${error.message}${error.hint ? ` (${error.hint})` : ''}`);
    throw invalid(file, messageOf(error).replace(/'file:.*\/(authoring)\.mjs'/, "'harness/$1.ts'"));
  }
}

const lookUp = 'The types of harness/authoring.ts say what is allowed; scenarios/AUTHORING.md says what belongs where.';

/**
 * A scenario's folder or file is not as it should be: exit code 2.
 * @param next what to do; default: where to look up what is allowed
 */
export function invalid(file: string, problems: string, next = lookUp): GamedayError {
  return usageError('SCENARIO_INVALID', `${file} is not a valid scenario:\n${problems}`, next);
}
