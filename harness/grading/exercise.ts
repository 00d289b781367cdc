import type { Scenario } from '../domain/scenario.ts';
import { variantFor } from '../domain/take-home.ts';
import { discoverScenarios } from '../run/catalogue.ts';
import { variantDigest } from '../take-home/variant-digest.ts';
import { refused, type Submission } from './read-submission.ts';

/** The scenario that was played and the variant that was packed, of this project's own. Throws `SUBMISSION_REFUSED` when there is no such thing here. */
export async function exerciseOf(
  file: string,
  { takeHome: { scenario: id, exercises, canary } }: Submission,
): Promise<{ readonly scenario: Scenario; readonly variant: string }> {
  const exercise = exercises.find(({ scenario }) => scenario === id);
  if (exercise === undefined)
    throw refused(file, [`it is about ${JSON.stringify(id)}, which was not handed out with it`]);
  const scenario = (await discoverScenarios()).scenarios.find((each) => each.id === id);
  if (scenario === undefined) throw refused(file, [`there is no scenario ${JSON.stringify(id)} here`]);
  const variant = scenario.variants.find((name) => variantDigest(canary, name) === exercise.variant);
  if (variant === undefined) throw refused(file, [`no variant of ${id} is the one it says`]);
  return { scenario, variant };
}

/** Whether the variant is another than the candidate would have got by name. */
export function variantConcerns({ id, variants }: Scenario, variant: string, candidate: string): readonly string[] {
  const chosen = variantFor(candidate, id, variants);
  return chosen === variant
    ? []
    : [`take-home.json says variant ${variant}, and ${candidate} gets ${chosen} unless it was packed with --variant`];
}
