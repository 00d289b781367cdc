import { findScenario } from '../../run/catalogue.ts';

/** The title of a scenario; its id when the scenario is gone or not valid any more. */
export async function titleOf(id: string): Promise<string> {
  return findScenario(id).then(
    ({ definition }) => definition.title,
    () => id,
  );
}
