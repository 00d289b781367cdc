import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Rubric, RubricDimension } from '../domain/rubric.ts';
import type { Scenario } from '../domain/scenario.ts';
import { importDefault } from '../run/catalogue.ts';
import { findPatches, type ScenarioPatches } from '../run/scenario-files.ts';
import type { PackedFiles } from './packed-files.ts';

/** Something that a candidate must not find in what is handed out. */
export interface Secret {
  /** What it is, for the author: `the solution of still-active`. */
  readonly of: string;
  /** Looked for as it stands, whatever the spacing and the case. */
  readonly text: string;
}

/** Shorter ones are found in innocent text, too: lines of code and of prose, and whole statements of a rubric, characters. */
const shortestLine = 40;
const shortestStatement = 20;

/**
 * What the folders of these scenarios and their neighbours say and nobody who plays may read: the flaw, the mechanism, the rubric, repairs and decoys, and which
 * other scenarios there are.
 *
 * @param code of app and harness: a line of a patch that stands there, too, gives nothing away
 */
export async function secretsOf(
  packed: readonly Scenario[],
  catalogue: readonly Scenario[],
  code: readonly string[],
): Promise<readonly Secret[]> {
  const ids = new Set(packed.map(({ id }) => id));
  const others = catalogue.filter(({ id }) => !ids.has(id)).map(({ id }) => ({ of: 'another scenario', text: id }));
  return [...others, ...(await Promise.all(packed.map((scenario) => secretsOfOne(scenario, code)))).flat()];
}

async function secretsOfOne(scenario: Scenario, code: readonly string[]): Promise<readonly Secret[]> {
  const { id, folder, definition } = scenario;
  const patches = await findPatches(scenario);
  const rubric = (await importDefault(join(folder, 'rubric.ts'))) as Rubric;
  const why = await readFile(join(folder, 'solution', 'why.md'), 'utf8').catch(() => '');
  const statements = statementsOf([...rubric.facts, ...anchorsOf(rubric.dimensions)]);
  const decoys = patches.decoys.flatMap(({ name }) => (name.includes('-') ? [name] : []));
  return [
    { of: `what is wrong in ${id}`, text: definition.failure },
    ...statements.map((text) => ({ of: `the rubric of ${id}`, text })),
    ...longLines(why).map((text) => ({ of: `why.md of ${id}`, text })),
    ...decoys.map((text) => ({ of: `a decoy of ${id}`, text })),
    ...(await addedLines(patches, code)).map((text) => ({ of: `a patch of ${id}`, text })),
  ];
}

async function addedLines(patches: ScenarioPatches, code: readonly string[]): Promise<readonly string[]> {
  const others = [...patches.accepted, ...patches.decoys].map(({ file }) => file);
  const texts = await Promise.all(
    [patches.solution, patches.together, ...others].map((file) => readFile(file, 'utf8')),
  );
  const handedOut = await Promise.all(patches.handedOut.map((file) => readFile(file, 'utf8')));
  const added = texts.flatMap((text) => text.split('\n').filter((line) => /^\+(?!\+\+)/.test(line)));
  const lines = [...new Set(added.map((line) => line.slice(1).trim()))];
  const known = [...code, ...handedOut].map(spaced);
  return lines.filter((line) => line.length >= shortestLine && !known.some((text) => text.includes(spaced(line))));
}

/** The lines of a text that are too long to stand anywhere else by chance. */
export const longLines = (text: string): readonly string[] =>
  text.split('\n').filter((line) => line.trim().length >= shortestLine);

/** What a score looks like, dimension by dimension. */
export const anchorsOf = (dimensions: readonly RubricDimension[]): readonly string[] =>
  dimensions.flatMap(({ anchors }) => Object.values(anchors));

/** The statements, such as an author's in a rubric, that are too long to stand anywhere else by chance. */
export const statementsOf = (texts: readonly string[]): readonly string[] =>
  texts.filter((text) => text.length >= shortestStatement);

/** Where a secret stands in files that are to be handed out. */
export interface Leak {
  readonly file: string;
  readonly line: number;
  readonly secret: Secret;
}

/** Every file in which one of the secrets stands, and about where. */
export function findLeaks(files: PackedFiles, secrets: readonly Secret[]): readonly Leak[] {
  const wanted = secrets.map((secret) => ({ secret, text: spaced(secret.text) })).filter(({ text }) => text !== '');
  return [...files].flatMap(([file, whole]) => {
    const inside = spaced(whole);
    const present = wanted.filter(({ text }) => inside.includes(text));
    return present.map(({ secret, text }) => ({ file, line: lineOf(whole, text), secret }));
  });
}

const spaced = (text: string) => text.replace(/\s+/g, ' ').trim().toLowerCase();

/** The line in which it begins, as far as it stands in one; else the first. */
function lineOf(whole: string, text: string): number {
  const at = whole.split('\n').findIndex((line) => spaced(line).includes(text));
  return at < 0 ? 1 : at + 1;
}
