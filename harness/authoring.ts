/**
 * The only file a scenario imports: everything an author needs, in the order in which a scenario is told.
 */
import type { ScenarioDefinition } from './domain/scenario.ts';
import type { Rubric } from './domain/rubric.ts';

/** Gives a scenario its types; returns it unchanged. The type of `variants` flows into `plan`. */
export function defineScenario<V>(definition: ScenarioDefinition<V>): ScenarioDefinition<V> {
  return definition;
}

/** Gives a rubric its types; returns it unchanged. */
export function defineRubric(rubric: Rubric): Rubric {
  return rubric;
}
