import { usageError } from '../domain/errors.ts';
import type { Scenario, ScenarioPlan } from '../domain/scenario.ts';

/** How a variant of a scenario plays; the first when none is named. Throws `VARIANT_UNKNOWN` with the known ones. */
export function planOf(
  { id, variants, definition }: Scenario,
  variant = variants[0]!,
): { readonly plan: ScenarioPlan; readonly variant: string } {
  if (!variants.includes(variant))
    throw usageError('VARIANT_UNKNOWN', `${id} has no variant "${variant}".`, `Known: ${variants.join(', ')}`);
  return { plan: definition.plan(definition.variants[variant]), variant };
}
