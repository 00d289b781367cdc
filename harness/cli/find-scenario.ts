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
    const { scenarios } = await discoverScenarios();
    const meant = similar(
      id,
      scenarios.map((scenario) => scenario.id),
    );
    throw meant === undefined
      ? error
      : usageError(error.code, error.message, `did you mean ${meant}? See: gameday list`);
  }
}
