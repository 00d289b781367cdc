import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { diffLines } from '../domain/diff-lines.ts';
import { usageError } from '../domain/errors.ts';
import { type Place, type ReviewDefinition, severities } from '../domain/review.ts';
import { levels } from '../domain/scenario.ts';
import { importDefault, invalid, scenariosFolder } from './catalogue.ts';

/** An exercise in reviewing, as its folder under `scenarios/` has it; a folder with a `review.ts` is one. */
export interface Review {
  readonly id: string;
  readonly folder: string;
  readonly definition: ReviewDefinition;
  /** What its author says about the pull request, Markdown. */
  readonly pullRequest: string;
  /** The unified diff that is to be reviewed. */
  readonly change: string;
  /** A review that finds everything. */
  readonly model: string;
  /** Reviews that miss what matters, by name. */
  readonly decoys: ReadonlyMap<string, string>;
}

/** Every review, easiest first, then by id. Throws `SCENARIO_INVALID` when one is not as it should be. */
export async function discoverReviews(): Promise<readonly Review[]> {
  const reviews = await Promise.all((await reviewIds()).map(loadReview));
  const rank = ({ definition: { level } }: Review) => levels.indexOf(level);
  return reviews.sort((a, b) => rank(a) - rank(b) || a.id.localeCompare(b.id));
}

/** The review with this id. Throws `REVIEW_UNKNOWN` with the known ids, `SCENARIO_INVALID` with file and reasons. */
export async function findReview(id: string): Promise<Review> {
  const ids = await reviewIds();
  if (ids.includes(id)) return loadReview(id);
  throw usageError('REVIEW_UNKNOWN', `There is no review "${id}".`, `Known: ${ids.join(', ')}`);
}

async function reviewIds(): Promise<readonly string[]> {
  const entries = await readdir(scenariosFolder, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return folders.filter((id) => existsSync(join(scenariosFolder, id, 'review.ts'))).sort();
}

async function loadReview(id: string): Promise<Review> {
  const folder = join(scenariosFolder, id);
  const file = join(folder, 'review.ts');
  const missing = ['pull-request.md', 'change.patch', 'model.md', 'decoys'].filter(
    (name) => !existsSync(join(folder, name)),
  );
  if (missing.length > 0) throw invalid(file, missing.map((name) => `${name}: is missing`).join('\n'));
  const definition = (await importDefault(file)) as ReviewDefinition;
  const text = (name: string) => readFile(join(folder, name), 'utf8');
  const change = await text('change.patch');
  const problems = problemsOf(definition, change);
  if (problems.length > 0) throw invalid(file, problems.join('\n'));
  const names = (await readdir(join(folder, 'decoys'))).filter((name) => name.endsWith('.md'));
  const decoys = await Promise.all(
    names.map(async (name) => [name.slice(0, -3), await text(`decoys/${name}`)] as const),
  );
  return {
    id,
    folder,
    definition,
    change,
    pullRequest: await text('pull-request.md'),
    model: await text('model.md'),
    decoys: new Map(decoys),
  };
}

/** What is wrong with a definition: too little to find, and lines that the diff does not show. */
function problemsOf({ issues, nonIssues }: ReviewDefinition, change: string): readonly string[] {
  const shown = shownLines(change);
  const isShown = ({ file, from, to }: Place) => from <= to && [from, to].every((line) => shown.get(file)?.has(line));
  const hidden = [
    ...issues.flatMap(({ name, places }) =>
      places.filter((place) => !isShown(place)).map((place) => ({ name, place })),
    ),
    ...nonIssues.filter(({ place }) => !isShown(place)).map(({ place }) => ({ name: 'nonIssues', place })),
  ];
  return [
    ...(issues.length < 2 ? ['issues: two at least, of different severity'] : []),
    ...(new Set(issues.map(({ severity }) => severity)).size < issues.length && issues.length <= severities.length
      ? ['issues: each of another severity, so that their order says something']
      : []),
    ...(nonIssues.length === 0 ? ['nonIssues: one at least, for who comments on everything'] : []),
    ...hidden.map(({ name, place }) => `${name}: change.patch does not show ${place.file}:${place.from}-${place.to}`),
  ];
}

/** The lines that a unified diff shows of each file as it leaves it. */
function shownLines(change: string): ReadonlyMap<string, ReadonlySet<number>> {
  const shown = new Map<string, Set<number>>();
  for (const { file, line, stays } of diffLines(change)) {
    if (file === undefined || !stays) continue;
    const lines = shown.get(file) ?? new Set();
    shown.set(file, lines.add(line));
  }
  return shown;
}
