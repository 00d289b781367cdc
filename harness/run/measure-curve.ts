import { type CompanySize, companySizes } from '../domain/company.ts';
import type { Curve, CurvePoint } from '../domain/curve.ts';
import { environmentError, usageError } from '../domain/errors.ts';
import type { Judgement } from '../domain/game-day.ts';
import type { Scenario } from '../domain/scenario.ts';
import { assertProvable } from './assert-provable.ts';
import { discoverScenarios } from './catalogue.ts';
import { type PlannedArm, planArms } from './proof-arms.ts';
import { onStage, playOnce, type StageOptions } from './stage.ts';

/**
 * Plays the app as handed out and the reference solution with the data of every size, under the load of the scenario's own, and reads off the figures of the
 * checks that the scenario names in `growsWith`. Some minutes, most of them for the data. Throws `NO_CURVE` with the scenarios that have one, `SCENARIO_INVALID`, and
 * `CURVE_INCONCLUSIVE` when a figure could not be measured.
 * @param at what is written beside the figures
 */
export async function measureCurve(
  scenario: Scenario,
  at: Pick<Curve, 'measuredOn' | 'machine'>,
  options: StageOptions & { readonly onArm?: (what: string) => void },
): Promise<Curve> {
  const checks = scenario.definition.growsWith ?? [];
  if (checks.length === 0) throw await hasNone(scenario);
  await assertProvable(scenario);
  const variant = scenario.variants[0]!;
  const arms = (await planArms(scenario, [variant], ['flawed', 'solution'])).filter(
    ({ size }) => size === scenario.definition.size,
  );
  const points: CurvePoint[] = [];
  for (const size of scenarioSizeFirst(scenario)) {
    await onStage(scenario, size, options, async (stage) => {
      for (const arm of arms) {
        options.onArm?.(`${scenario.id} at ${size}: ${arm.name}`);
        const { judgement } = await playOnce(stage, atSize(arm, size), arm.kind === 'flawed' ? 'itself' : unsurveyed);
        points.push(...pointsOf(judgement, checks, size, arm));
      }
    });
  }
  const order = (point: CurvePoint) => companySizes.indexOf(point.size);
  return { scenario: scenario.id, variant, ...at, points: points.sort((a, b) => order(a) - order(b)) };
}

const unsurveyed = { ok: false, reason: 'answers are not compared for a curve' } as const;

/** The load is found at the scenario's own size, and is the same at the others. */
function scenarioSizeFirst({ definition }: Scenario): readonly CompanySize[] {
  return [definition.size, ...companySizes.filter((size) => size !== definition.size)];
}

/** The same arm with other data; only at the scenario's own size does the app as handed out tell what load it can take. */
function atSize(arm: PlannedArm, size: CompanySize): PlannedArm {
  return { ...arm, size, kind: arm.kind === 'flawed' && size !== arm.size ? 'harmless' : arm.kind };
}

function pointsOf(
  { results, reasons }: Judgement,
  checks: readonly string[],
  size: CompanySize,
  arm: PlannedArm,
): readonly CurvePoint[] {
  return checks.map((check) => {
    const result = results.find((candidate) => candidate.check === check);
    const figure = result?.figures.find(({ bound }) => bound !== undefined);
    const kind = arm.kind === 'solution' ? 'solution' : 'flawed';
    if (result !== undefined && kind === 'flawed' && figure?.bound === undefined)
      return { size, arm: kind, check, claim: result.claim, measured: { beyond: result.summary } };
    if (result === undefined || figure?.bound === undefined)
      throw environmentError(
        'CURVE_INCONCLUSIVE',
        `${check} has no figure for ${arm.name} at ${size}: ${result?.summary ?? reasons.join('; ')}`,
        'Close other programs and measure again.',
      );
    const { label, unit, value, bound } = figure;
    return { size, arm: kind, check, claim: result.claim, measured: { label, unit, value, bound } };
  });
}

async function hasNone(scenario: Scenario) {
  const { scenarios } = await discoverScenarios();
  const others = scenarios.filter(({ definition }) => definition.growsWith).map(({ id }) => id);
  return usageError(
    'NO_CURVE',
    `What goes wrong in ${scenario.id} does not depend on the amount of data.`,
    `Of these there is a curve: ${others.join(', ')}.`,
  );
}
