import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { usageError } from '../../domain/errors.ts';
import { projectRoot } from '../../platform/files.ts';
import { type Answers, assertId } from './answers.ts';
import { scenarioFrame } from './scenario-frame.ts';

/** Throws `SCENARIO_ID_INVALID` and `SCENARIO_EXISTS`, before anybody is asked anything. */
export function assertNew(id: string, root = projectRoot): void {
  assertId(id);
  if (existsSync(join(root, 'scenarios', id))) throw scenarioExists(id);
}

/** Writes the frame of a scenario. Throws `SCENARIO_EXISTS`; nothing is ever overwritten. */
export function writeScenarioFrame(
  answers: Answers,
  root = projectRoot,
): { readonly folder: string; readonly files: readonly string[] } {
  const { id } = answers;
  const folder = join(root, 'scenarios', id);
  mkdirSync(dirname(folder), { recursive: true });
  try {
    mkdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw scenarioExists(id);
  }
  const files = Object.entries(scenarioFrame(answers)).map(([name, text]) => {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { flag: 'wx' });
    return relative(root, file);
  });
  return { folder, files };
}

function scenarioExists(id: string) {
  return usageError(
    'SCENARIO_EXISTS',
    `There is already a folder scenarios/${id}.`,
    'choose another id, or remove the folder',
  );
}
