import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { usageError } from '../domain/errors.ts';
import type { WritingDefinition } from '../domain/writing.ts';
import { importDefault, invalid } from './catalogue.ts';
import { byLevel, foldersWith, missingFiles, readMarkdownFiles, scenariosFolder } from './scenario-folders.ts';

/** An exercise that is answered in writing, as its folder under `scenarios/` has it; a folder with a `writing.ts` is one. */
export interface Writing {
  readonly id: string;
  readonly folder: string;
  readonly definition: WritingDefinition;
  /** What the candidate is given, Markdown. */
  readonly task: string;
  /** A strong answer. */
  readonly model: string;
  /** Answers that fall short, by name. */
  readonly decoys: ReadonlyMap<string, string>;
}

const writingFile = 'writing.ts';

/** Every such exercise, easiest first, then by id. Throws `SCENARIO_INVALID` when one is not as it should be. */
export async function discoverWritings(): Promise<readonly Writing[]> {
  const writings = await Promise.all((await foldersWith(writingFile)).map(loadWriting));
  return writings.sort(byLevel);
}

/** The exercise with this id. Throws `WRITING_UNKNOWN` with the known ids, `SCENARIO_INVALID` with file and reasons. */
export async function findWriting(id: string): Promise<Writing> {
  const ids = await foldersWith(writingFile);
  if (ids.includes(id)) return loadWriting(id);
  throw usageError('WRITING_UNKNOWN', `There is no exercise in writing "${id}".`, `Known: ${ids.join(', ')}`);
}

async function loadWriting(id: string): Promise<Writing> {
  const folder = join(scenariosFolder, id);
  const file = join(folder, writingFile);
  const missing = missingFiles(folder, ['task.md', 'model.md', 'decoys']);
  if (missing.length > 0) throw invalid(file, missing.join('\n'));
  const definition = (await importDefault(file)) as WritingDefinition;
  const { points, dimensions, sections } = definition;
  const problems = [
    ...(points.some(({ depth }) => depth === 'adequate')
      ? []
      : ['points: one at least that even an adequate answer makes']),
    ...(points.some(({ depth }) => depth === 'strong') ? [] : ['points: one at least that only a strong answer makes']),
    ...(new Set(points.map(({ name }) => name)).size < points.length ? ['points: two have the same name'] : []),
    ...(sections.length > 0 ? [] : ['sections: one at least']),
    ...(dimensions.length >= 2 ? [] : ['dimensions: two at least, for people']),
  ];
  if (problems.length > 0) throw invalid(file, problems.join('\n'));
  const text = (name: string) => readFile(join(folder, name), 'utf8');
  return {
    id,
    folder,
    definition,
    task: await text('task.md'),
    model: await text('model.md'),
    decoys: await readMarkdownFiles(join(folder, 'decoys')),
  };
}
