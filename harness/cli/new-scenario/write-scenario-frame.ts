import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { usageError } from '../../domain/errors.ts';
import { projectRoot } from '../../platform/files.ts';
import { scenarioFrame } from './scenario-frame.ts';

const longestId = 40;

/** Writes the frame of a scenario. Throws `SCENARIO_ID_INVALID`, `SCENARIO_EXISTS`; nothing is ever overwritten. */
export function writeScenarioFrame(
  id: string,
  root = projectRoot,
): { readonly folder: string; readonly files: readonly string[] } {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id) || id.length > longestId) {
    throw usageError(
      'SCENARIO_ID_INVALID',
      `"${id}" can't be the id of a scenario.`,
      `use lower case words with hyphens, at most ${longestId} characters: slow-account-list`,
    );
  }
  const folder = join(root, 'scenarios', id);
  mkdirSync(dirname(folder), { recursive: true });
  try {
    mkdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw usageError(
      'SCENARIO_EXISTS',
      `There is already a folder scenarios/${id}.`,
      'choose another id, or remove the folder',
    );
  }
  const files = Object.entries(scenarioFrame(id)).map(([name, text]) => {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { flag: 'wx' });
    return relative(root, file);
  });
  return { folder, files };
}
