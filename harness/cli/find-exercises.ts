import { GamedayError, usageError } from '../domain/errors.ts';
import type { Scenario } from '../domain/scenario.ts';
import { discoverScenarios, findScenario } from '../run/catalogue.ts';
import { discoverReviews, type Review } from '../run/reviews.ts';
import { discoverWritings, type Writing } from '../run/writings.ts';
import { similar } from './similar.ts';

/** Exercises of every kind, each once, in the order in which they were named. */
interface FoundExercises {
  readonly scenarios: readonly Scenario[];
  readonly reviews: readonly Review[];
  readonly writings: readonly Writing[];
  /** All scenarios there are. */
  readonly catalogue: readonly Scenario[];
}

/** The exercises with these ids. Throws `EXERCISE_UNKNOWN` with the id that was probably meant, `SCENARIO_INVALID`. */
export async function findExercises(ids: readonly string[]): Promise<FoundExercises> {
  const [reviews, writings, { scenarios: catalogue }] = await Promise.all([
    discoverReviews(),
    discoverWritings(),
    discoverScenarios(),
  ]);
  const known = [...catalogue, ...reviews, ...writings].map(({ id }) => id);
  const unknown = ids.find((id) => !known.includes(id));
  if (unknown !== undefined) {
    // One that is there and not valid says why.
    await findScenario(unknown).catch((error) => {
      if (!(error instanceof GamedayError && error.code === 'SCENARIO_UNKNOWN')) throw error;
    });
    const meant = similar(unknown, known);
    throw usageError(
      'EXERCISE_UNKNOWN',
      `There is no scenario, review or exercise in writing "${unknown}".`,
      `${meant ? `did you mean ${meant}? ` : ''}See: gameday list, gameday review, gameday exercise`,
    );
  }
  return {
    scenarios: named(ids, catalogue),
    reviews: named(ids, reviews),
    writings: named(ids, writings),
    catalogue,
  };
}

function named<T extends { readonly id: string }>(ids: readonly string[], all: readonly T[]): readonly T[] {
  return [...new Set(ids)].flatMap((id) => all.find((one) => one.id === id) ?? []);
}
