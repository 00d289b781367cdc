import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { usageError } from '../../domain/errors.ts';
import { parseReviewCard, type ReviewCard } from '../../domain/review-card.ts';
import type { Scorecard } from '../../domain/scorecard.ts';

/** A graded submission as `gameday grade` wrote it, with the cards of its reviewers. */
export interface GradedFolder {
  readonly directory: string;
  readonly scorecard: Scorecard;
  readonly cards: readonly ReviewCard[];
}

const card = /^card-([\w-]+)\.md$/;

/** The file of a reviewer's card within a graded folder. */
export const cardFile = (directory: string, reviewer: string) => join(directory, `card-${reviewer}.md`);

/** Reads a folder that `gameday grade` wrote. Throws `NOT_GRADED` when it is none. */
export function readGradedFolder(folder: string): GradedFolder {
  const directory = resolve(folder);
  const scorecard = readScorecard(directory, folder);
  const cards = readdirSync(directory).flatMap((name) => {
    const reviewer = card.exec(name)?.[1];
    return reviewer === undefined
      ? []
      : [parseReviewCard(readFileSync(join(directory, name), 'utf8'), reviewer, scorecard.human)];
  });
  return { directory, scorecard, cards };
}

/** The graded folders that are meant: these, or those within the one that `gameday grade --out` filled. Throws `NOT_GRADED`. */
export function findGradedFolders(folders: readonly string[]): readonly GradedFolder[] {
  return folders.flatMap((folder) => {
    const inside = isFolder(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
    const graded = inside.filter((path) => isFolder(path) && readdirSync(path).includes('scorecard.json'));
    return graded.length > 0 ? graded.map(readGradedFolder) : [readGradedFolder(folder)];
  });
}

const isFolder = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

function readScorecard(directory: string, asked: string): Scorecard {
  try {
    return JSON.parse(readFileSync(join(directory, 'scorecard.json'), 'utf8')) as Scorecard;
  } catch {
    throw usageError(
      'NOT_GRADED',
      `${asked} has no scorecard.json that can be read.`,
      'Name a folder that `gameday grade` wrote: grades/<candidate>-<scenario>',
    );
  }
}
