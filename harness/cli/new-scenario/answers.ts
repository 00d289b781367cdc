import { usageError } from '../../domain/errors.ts';
import { type Level, levels } from '../../domain/scenario.ts';
import { similar } from '../similar.ts';
import type { OfferedCheck, OfferedFault } from './offered.ts';
import { offeredChecks } from './offered-checks.ts';
import { offeredFaults } from './offered-faults.ts';

/** What the author of a new scenario was asked. */
export interface Answers {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly failure: string;
  readonly level: Level;
  readonly breaks: readonly OfferedFault[];
  readonly holds: readonly OfferedCheck[];
  readonly variants: boolean;
}

/** The same as words of the command line; what is missing was not said. */
export interface Wishes {
  readonly title?: string;
  readonly summary?: string;
  readonly failure?: string;
  readonly level?: Level;
  readonly breaks?: readonly string[];
  readonly holds?: readonly string[];
  readonly variants?: boolean;
}

const longestId = 40;

/** The options that answer the questions, in their order. */
const needed = ['title', 'summary', 'failure', 'level', 'breaks', 'holds'] as const;

const namesOf = (offered: readonly { readonly name: string }[]) => offered.map(({ name }) => name);

/** Throws `SCENARIO_ID_INVALID`. */
export function assertId(id: string): void {
  if (/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id) && id.length <= longestId) return;
  throw usageError(
    'SCENARIO_ID_INVALID',
    `"${id}" can't be the id of a scenario.`,
    `use lower case words with hyphens, at most ${longestId} characters: slow-account-list`,
  );
}

/** The answers out of the words of the command line. Throws `SCENARIO_ID_INVALID`, `ANSWERS_MISSING`, `ANSWER_UNKNOWN`, `ANSWERS_APART`. */
export function answersFrom(id: string | undefined, wishes: Wishes): Answers {
  if (id !== undefined) assertId(id);
  const missing = needed.filter((option) => wishes[option] === undefined || wishes[option].length === 0);
  const { title, summary, failure, level, breaks, holds, variants = false } = wishes;
  if (id === undefined || !title || !summary || !failure || !level || !breaks?.length || !holds?.length)
    throw usageError(
      'ANSWERS_MISSING',
      `Nobody can be asked here, and this was not said: ${[...(id === undefined ? ['<id>'] : []), ...missing.map((option) => `--${option}`)].join(', ')}.`,
      completeExample(id ?? 'lost-parcels'),
    );
  const answers: Answers = {
    id,
    title,
    summary,
    failure,
    level,
    breaks: breaks.map((name) => chosen('--breaks', name, offeredFaults)),
    holds: holds.map((name) => chosen('--holds', name, offeredChecks)),
    variants,
  };
  for (const { name, measuredBy } of answers.holds) {
    if (measuredBy === undefined || measuredBy.some((fault) => breaks.includes(fault))) continue;
    throw usageError(
      'ANSWERS_APART',
      `The check ${name} judges what a fault brings about that was not chosen.`,
      `add --breaks ${measuredBy.join(' or --breaks ')}, or leave out --holds ${name}`,
    );
  }
  return { ...answers, breaks: [...new Set(answers.breaks)], holds: [...new Set(answers.holds)] };
}

/** The checks that can judge something when these faults happen. */
export function checksFor(faults: readonly string[]): readonly OfferedCheck[] {
  return offeredChecks.filter(({ measuredBy }) => measuredBy?.some((fault) => faults.includes(fault)) ?? true);
}

function chosen<T extends { readonly name: string }>(option: string, name: string, offered: readonly T[]): T {
  const found = offered.find((one) => one.name === name);
  if (found !== undefined) return found;
  const names = namesOf(offered);
  const meant = similar(name, names);
  throw usageError(
    'ANSWER_UNKNOWN',
    `There is nothing named "${name}" for ${option}.`,
    `${meant === undefined ? '' : `did you mean ${meant}? `}It may be ${names.join(', ')}.`,
  );
}

function completeExample(id: string): string {
  return [
    `gameday new scenario ${id} --title 'Lost parcels' --summary 'Customers paid and got nothing.' \\`,
    "  --failure 'Jobs are lost when the worker dies' --level mid --breaks worker-crash --holds exactly-once --holds same-responses",
    `--level: ${levels.join(', ')}`,
    `--breaks: ${namesOf(offeredFaults).join(', ')}`,
    `--holds: ${namesOf(offeredChecks).join(', ')}`,
  ].join('\n');
}
