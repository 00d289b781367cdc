import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { diffLines } from '../domain/diff-lines.ts';
import { usageError } from '../domain/errors.ts';
import { type Place, type ReviewDefinition, severities } from '../domain/review.ts';
import { importDefault, invalid } from './catalogue.ts';
import { byLevel, foldersWith, missingFiles, readMarkdownFiles, scenariosFolder } from './scenario-folders.ts';

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

const reviewFile = 'review.ts';

/** Every review, easiest first, then by id. Throws `SCENARIO_INVALID` when one is not as it should be. */
export async function discoverReviews(): Promise<readonly Review[]> {
  const reviews = await Promise.all((await foldersWith(reviewFile)).map(loadReview));
  return reviews.sort(byLevel);
}

/** The review with this id. Throws `REVIEW_UNKNOWN` with the known ids, `SCENARIO_INVALID` with file and reasons. */
export async function findReview(id: string): Promise<Review> {
  const ids = await foldersWith(reviewFile);
  if (ids.includes(id)) return loadReview(id);
  throw usageError('REVIEW_UNKNOWN', `There is no review "${id}".`, `Known: ${ids.join(', ')}`);
}

async function loadReview(id: string): Promise<Review> {
  const folder = join(scenariosFolder, id);
  const file = join(folder, reviewFile);
  const missing = missingFiles(folder, ['pull-request.md', 'change.patch', 'model.md', 'decoys']);
  if (missing.length > 0) throw invalid(file, missing.join('\n'));
  const definition = (await importDefault(file)) as ReviewDefinition;
  const text = (name: string) => readFile(join(folder, name), 'utf8');
  const change = await text('change.patch');
  const problems = problemsOf(definition, change);
  if (problems.length > 0) throw invalid(file, problems.join('\n'));
  return {
    id,
    folder,
    definition,
    change,
    pullRequest: await text('pull-request.md'),
    model: await text('model.md'),
    decoys: await readMarkdownFiles(join(folder, 'decoys')),
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
