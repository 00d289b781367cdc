import type { CompanySize } from '../domain/company.ts';
import type { ArmKind } from '../domain/proof.ts';
import type { Scenario } from '../domain/scenario.ts';
import { discoverScenarios } from './catalogue.ts';
import { findPatches } from './scenario-files.ts';

/** One version of the app to be played through one variant. */
export interface PlannedArm {
  readonly variant: string;
  readonly name: string;
  readonly kind: ArmKind;
  /** Absolute paths, applied in order to the app as handed out. */
  readonly patches: readonly string[];
  readonly size: CompanySize;
  /** For a decoy: the check that must catch it. */
  readonly caughtBy?: string;
}

type Version = Omit<PlannedArm, 'variant'>;

/**
 * The arms of a scenario in the order in which they are played. The first variant goes through all of them; its siblings show with the flawed app and the
 * solution that the flaw and its repair are theirs too.
 * @param wanted names of arms; the flawed one is always played, for it sets the scale
 */
export async function planArms(
  scenario: Scenario,
  variants: readonly string[],
  wanted?: readonly string[],
): Promise<readonly PlannedArm[]> {
  const versions = await versionsOf(scenario);
  const belongs = ({ kind, name }: Version, variant: string) => {
    if (kind === 'flawed') return true;
    if (wanted !== undefined) return wanted.includes(name);
    return kind === 'solution' || variant === scenario.variants[0];
  };
  return variants.flatMap((variant) =>
    versions.filter((version) => belongs(version, variant)).map((version) => ({ ...version, variant })),
  );
}

async function versionsOf(scenario: Scenario): Promise<readonly Version[]> {
  const { solution, accepted, decoys } = await findPatches(scenario);
  const { size, harmlessAt } = scenario.definition;
  const harmless: readonly Version[] =
    harmlessAt === undefined
      ? []
      : [{ name: `flawed at ${harmlessAt}`, kind: 'harmless', patches: [], size: harmlessAt }];
  return [
    { name: 'flawed', kind: 'flawed', patches: [], size },
    { name: 'solution', kind: 'solution', patches: [solution], size },
    { name: 'all solutions', kind: 'accepted', patches: await everySolution(), size },
    ...accepted.map(({ name, file }): Version => ({ name, kind: 'accepted', patches: [file], size })),
    ...decoys.map(({ name, file, caughtBy }): Version => ({ name, kind: 'decoy', patches: [file], size, caughtBy })),
    ...harmless,
  ];
}

/** The reference solutions of all scenarios: one repaired app must come through every incident. */
async function everySolution(): Promise<readonly string[]> {
  const { scenarios } = await discoverScenarios();
  return Promise.all(scenarios.map(async (scenario) => (await findPatches(scenario)).solution));
}
