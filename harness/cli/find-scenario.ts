import { GamedayError, usageError } from '../domain/errors.ts';
import type { Scenario } from '../domain/scenario.ts';
import { discoverScenarios, findScenario as find } from '../run/catalogue.ts';
import { similar } from './similar.ts';

/** The scenario with this id. Throws `SCENARIO_UNKNOWN` with the id that was probably meant, `SCENARIO_INVALID`. */
export async function findScenario(id: string): Promise<Scenario> {
  try {
    return await find(id);
  } catch (error) {
    if (!(error instanceof GamedayError) || error.code !== 'SCENARIO_UNKNOWN') throw error;
    // A broken neighbour is no reason to say less about this one.
    const ids = await discoverScenarios().then(
      (scenarios) => scenarios.map((scenario) => scenario.id),
      () => [],
    );
    const meant = similar(id, ids);
    throw meant === undefined
      ? error
      : usageError(error.code, error.message, `did you mean ${meant}? See: gameday list`);
  }
}
