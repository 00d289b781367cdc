import type { CompanySize } from '../domain/company.ts';
import { usageError } from '../domain/errors.ts';
import type { ArmKind } from '../domain/proof.ts';
import type { Scenario } from '../domain/scenario.ts';
import { discoverScenarios } from './catalogue.ts';
import { planOf } from './plan-of.ts';
import { findHandedOut, findPatches, hasSolution } from './scenario-files.ts';

/** One version of the app to be played through one variant. */
export interface PlannedArm {
  readonly variant: string;
  readonly name: string;
  readonly kind: ArmKind;
  /** Absolute paths, applied in order to the app as handed out. */
  readonly patches: readonly string[];
  /** In a roll-out: the patches of the version that is running before. Default: none, the app as handed out. */
  readonly runningPatches?: readonly string[];
  readonly size: CompanySize;
  /** For a decoy: the check that must catch it. */
  readonly caughtBy?: string;
}

const FLAWED = 'flawed';

type Version = Omit<PlannedArm, 'variant'>;

/**
 * The arms of a scenario in the order in which they are played. The first variant goes through all of them; its siblings show with the flawed app and the
 * solution that the flaw and its repair are theirs too.
 * Throws `VARIANT_UNKNOWN`, `ARM_UNKNOWN` with the known ones.
 * @param wanted names of arms; the flawed one is always played, for it sets the scale
 */
export async function planArms(
  scenario: Scenario,
  variants: readonly string[],
  wanted?: readonly string[],
): Promise<readonly PlannedArm[]> {
  for (const variant of variants) planOf(scenario, variant);
  const versions = isFlawedOnly(wanted) ? [flawedOf(scenario)] : await versionsOf(scenario);
  const unknown = wanted?.find((arm) => !versions.some(({ name }) => name === arm));
  if (unknown !== undefined)
    throw usageError(
      'ARM_UNKNOWN',
      `${scenario.id} has no arm "${unknown}".`,
      `Known: ${versions.map(({ name }) => name).join(', ')}`,
    );
  const belongs = ({ kind, name }: Version, variant: string) => {
    if (kind === 'flawed') return true;
    if (wanted !== undefined) return wanted.includes(name);
    return kind === 'solution' || variant === scenario.variants[0];
  };
  return variants.flatMap((variant) =>
    versions.filter((version) => belongs(version, variant)).map((version) => ({ ...version, variant })),
  );
}

/** Whether only the app as handed out is to be played, which asks for no patch: an author looks for the load before there is a repair. */
export function isFlawedOnly(wanted?: readonly string[]): boolean {
  return wanted?.every((name) => name === FLAWED) ?? false;
}

const flawedOf = (scenario: Scenario): Version => ({
  name: FLAWED,
  kind: 'flawed',
  patches: findHandedOut(scenario),
  size: scenario.definition.size,
});

async function versionsOf(scenario: Scenario): Promise<readonly Version[]> {
  const { handedOut, solution, accepted, decoys } = await findPatches(scenario);
  const { size, harmlessAt } = scenario.definition;
  const harmless: readonly Version[] =
    harmlessAt === undefined
      ? []
      : [{ name: `flawed at ${harmlessAt}`, kind: 'harmless', patches: handedOut, size: harmlessAt }];
  const { variants, plan } = scenario.definition;
  const rollsOut = Object.values(variants).some((variant) => plan(variant).rollOut !== undefined);
  // What the others repaired has been deployed before.
  const running = rollsOut ? { runningPatches: await everySolution(({ id }) => id !== scenario.id) } : {};
  return [
    flawedOf(scenario),
    { name: 'solution', kind: 'solution', patches: [...handedOut, solution], size },
    {
      name: 'all solutions',
      kind: 'accepted',
      patches: await everySolution(() => true),
      size,
      ...running,
    },
    ...accepted.map(({ name, file }): Version => ({ name, kind: 'accepted', patches: [...handedOut, file], size })),
    ...decoys.map(
      ({ name, file, caughtBy }): Version => ({ name, kind: 'decoy', patches: [...handedOut, file], size, caughtBy }),
    ),
    ...harmless,
  ];
}

/** The reference solutions of these scenarios together, but for those that are still being written: one repaired app must come through every incident. */
async function everySolution(counts: (scenario: Scenario) => boolean): Promise<readonly string[]> {
  const { scenarios } = await discoverScenarios();
  const solutions = await Promise.all(
    scenarios
      .filter((scenario) => counts(scenario) && hasSolution(scenario))
      .map(async (scenario) => {
        const { handedOut, together } = await findPatches(scenario);
        return [...handedOut, together];
      }),
  );
  return solutions.flat();
}
