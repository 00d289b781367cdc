import type { ProofArm, ProofResult } from '../../domain/proof.ts';
import type { Scenario } from '../../domain/scenario.ts';
import { planArms } from '../../run/proof-arms.ts';

/** What one process plays of the proof of a scenario; the flawed app of each variant is always among it. */
export interface ProofPart {
  readonly scenario: string;
  readonly variants: readonly string[];
  /** Names of arms to play beside the flawed one; default all of these variants. */
  readonly arms?: readonly string[];
  /** Which part of several it is, counted from 1; absent when the proof is whole. */
  readonly part?: number;
}

/**
 * Cuts the proof of a scenario into parts that take about as long: the arms of the variant that goes through all of them are dealt out to `hands`, and its siblings are a part of
 * their own. Throws as `planArms`.
 * @param hands into how many the arms of a variant are cut; with 1 the proof stays whole
 */
export async function proofParts(
  scenario: Scenario,
  hands: number,
  variants: readonly string[] = scenario.variants,
  arms?: readonly string[],
): Promise<readonly ProofPart[]> {
  const { id } = scenario;
  const whole = { scenario: id, variants, ...(arms && { arms }) };
  const [first, ...siblings] = variants;
  const named = (await planArms(scenario, [first!], arms)).filter(({ kind }) => kind !== 'flawed');
  if (hands === 1 || named.length < hands) return [whole];
  const dealt = Array.from({ length: hands }, (_, hand) => ({
    scenario: id,
    variants: [first!],
    arms: named.filter((_arm, i) => i % hands === hand).map(({ name }) => name),
  }));
  const parts = siblings.length === 0 ? dealt : [...dealt, { ...whole, variants: siblings }];
  return parts.map((part, i) => ({ ...part, part: i + 1 }));
}

/** Collects what parts have come to, and yields those of a scenario once all of them are there. */
export async function* completeParts(
  played: AsyncIterable<ProofResult>,
  parts: readonly ProofPart[],
): AsyncGenerator<readonly ProofResult[]> {
  const there: ProofResult[] = [];
  for await (const part of played) {
    there.push(part);
    const ofOne = there.filter(({ scenario }) => scenario === part.scenario);
    if (ofOne.length === parts.filter(({ scenario }) => scenario === part.scenario).length) yield ofOne;
  }
}

/**
 * The parts of a proof as if it had been played whole, arm by arm in their order. The app as handed out is in several parts: of a variant it is shown once, and again where it came
 * out otherwise.
 */
export async function joinParts(
  scenario: Scenario,
  parts: readonly ProofResult[],
  variants: readonly string[] = scenario.variants,
  wanted?: readonly string[],
): Promise<ProofResult> {
  const planned = await planArms(scenario, variants, wanted);
  const place = (arm: ProofArm) =>
    planned.findIndex(({ variant, name }) => variant === arm.variant && name === arm.arm);
  const leftOut = parts.flatMap((part) => part.leftOut ?? []);
  const shown = new Set<string>();
  const arms = parts.flatMap((part) => {
    const kept = part.arms.filter((arm) => !(arm.kind === 'flawed' && arm.ok && shown.has(arm.variant)));
    for (const { kind, variant } of kept) if (kind === 'flawed') shown.add(variant);
    return kept;
  });
  return {
    scenario: scenario.id,
    arms: arms.sort((one, other) => place(one) - place(other)),
    ok: parts.every(({ ok }) => ok),
    ...(leftOut.length > 0 && { leftOut }),
  };
}
