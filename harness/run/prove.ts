import type { Evidence } from '../domain/evidence.ts';
import type { ProofArm, ProofResult } from '../domain/proof.ts';
import type { Scenario } from '../domain/scenario.ts';
import { armBudget, dealArms } from './arm-budget.ts';
import { assertProvable } from './assert-provable.ts';
import { judgeChecks } from './judge.ts';
import { planOf } from './plan-of.ts';
import { isFlawedOnly, type PlannedArm, planArms } from './proof-arms.ts';
import { type PlayedArm, recheck } from './recheck.ts';
import { notSurveyed, type Original, onStage, playOnce, type Stage, type StageOptions, surveyOnce } from './stage.ts';
import { needsNoLoad, surveyOnly } from './survey-only.ts';

export interface ProveOptions extends StageOptions {
  /** How often every arm is played; all repetitions must come out right. Default 1. */
  readonly repeat?: number;
  /** An arm that comes out otherwise is played twice more, and two of three decide. */
  readonly recheck?: boolean;
  /** Seconds after which no further arm is begun, but for the app as handed out and the reference solution. Which arms are left out then changes from day to day. */
  readonly within?: number;
  /** An inconclusive play says that the machine was disturbed, nothing about the scenario: the arm is played again, at most this often in all. Default 3. */
  readonly attempts?: number;
  /** Variants to prove; default all. */
  readonly variants?: readonly string[];
  /** Names of arms to play beside the flawed one; default all. */
  readonly arms?: readonly string[];
  readonly onArm?: (arm: ProofArm) => void;
}

/**
 * Proves a scenario by playing it: the app as handed out must fail, the reference solution, every other accepted fix and all solutions together must
 * pass, every decoy must fail by the check it names, and at `harmlessAt` even the app as handed out must pass. Throws `SCENARIO_INVALID` before anything is played, and a
 * GamedayError when the machine can't play at all.
 */
export async function proveScenario(scenario: Scenario, options: ProveOptions): Promise<ProofResult> {
  if (!isFlawedOnly(options.arms)) await assertProvable(scenario);
  const inOrder = await planArms(scenario, options.variants ?? scenario.variants, options.arms);
  const planned = options.within === undefined ? inOrder : dealArms(inOrder, Math.floor(Date.now() / dayMs));
  const budget = armBudget(planned, options.within);
  const arms: ProofArm[] = [];
  for (const size of new Set(planned.map((arm) => arm.size))) {
    const ofSize = planned.filter((arm) => arm.size === size);
    if (!ofSize.some(budget.hasTimeFor)) continue;
    await onStage(scenario, size, options, async (stage) => {
      for (let round = 0; round < (options.repeat ?? 1); round++) {
        let flawed: Evidence | undefined;
        for (const arm of ofSize) {
          if (!budget.hasTimeFor(arm)) continue;
          budget.begin(arm);
          options.onStep?.(`${scenario.id} / ${arm.variant} / ${arm.name}`);
          const compareWith: Original = isAsHandedOut(arm) ? 'itself' : (flawed?.survey ?? notSurveyed);
          const started = performance.now();
          const play = (): Promise<PlayedArm> => proveArm(stage, arm, compareWith, options.attempts);
          let played: PlayedArm = (flawed && (await catchBeforeLoad(stage, arm, flawed))) ?? (await play());
          if (options.recheck && !played.result.ok) played = await recheck(played, play);
          if (arm.kind === 'flawed') flawed = played.evidence;
          const result = { ...played.result, seconds: (performance.now() - started) / 1_000 };
          arms.push(result);
          options.onArm?.(result);
        }
      }
    });
  }
  const leftOut = planned
    .filter(({ variant, name }) => !arms.some((arm) => arm.variant === variant && arm.arm === name))
    .map(({ variant, name, kind }) => ({ variant, arm: name, kind }));
  const ok = arms.length > 0 && arms.every((arm) => arm.ok);
  return { scenario: scenario.id, arms, ok, ...(leftOut.length > 0 && { leftOut }) };
}

/**
 * What came out otherwise while something else was played beside it is played twice more, alone; two of three decide.
 * @param options as for the proof; its `repeat`, `variants` and `arms` are not looked at
 */
export async function proveAgain(
  scenario: Scenario,
  proof: ProofResult,
  options: Omit<ProveOptions, 'within'>,
): Promise<ProofResult> {
  const otherwise = proof.arms.filter(({ ok }) => !ok);
  const again: ProofArm[] = [];
  for (const variant of new Set(otherwise.map((arm) => arm.variant))) {
    const names = otherwise.filter((arm) => arm.variant === variant).map(({ arm }) => arm);
    const only = { repeat: 2, recheck: false, variants: [variant], arms: names };
    again.push(...(await proveScenario(scenario, { ...options, ...only })).arms);
  }
  const decide = async (arm: ProofArm): Promise<ProofArm> => {
    if (arm.ok) return arm;
    const plays = again.filter((played) => played.variant === arm.variant && played.arm === arm.arm);
    const { result } = await recheck({ result: arm }, async () => ({ result: plays.shift()! }));
    return { ...result, seconds: arm.seconds };
  };
  const arms = await Promise.all(proof.arms.map(decide));
  return { ...proof, arms, ok: arms.length > 0 && arms.every(({ ok }) => ok) };
}

const dayMs = 86_400_000;

const isAsHandedOut = ({ kind }: PlannedArm) => kind === 'flawed' || kind === 'harmless';

/**
 * A decoy that its check catches by the survey alone need not be put under load: what is measured then takes nothing back. Undefined when the check looks at more, or does not
 * catch it.
 * @param flawed what was measured of the app as handed out
 */
async function catchBeforeLoad(stage: Stage, arm: PlannedArm, flawed: Evidence): Promise<PlayedArm | undefined> {
  const { plan } = planOf(stage.scenario, arm.variant);
  const check = plan.objectives.find(({ name }) => name === arm.caughtBy);
  if (check === undefined || plan.rollOut !== undefined || !needsNoLoad(check, flawed)) return undefined;
  const survey = await surveyOnce(stage, arm).catch(() => undefined);
  stage.options.signal.throwIfAborted();
  if (survey === undefined) return undefined;
  const results = judgeChecks([check], surveyOnly({ survey, originalSurvey: flawed.survey }));
  if (results[0]?.outcome !== 'fail') return undefined;
  return { result: { ...named(arm), outcome: 'fail', results, reasons: [], withoutLoad: true, ok: true } };
}

function named(arm: PlannedArm) {
  return {
    variant: arm.variant,
    arm: arm.name,
    kind: arm.kind,
    expected: arm.kind === 'flawed' || arm.kind === 'decoy' ? 'fail' : 'pass',
    ...(arm.caughtBy !== undefined && { caughtBy: arm.caughtBy }),
  } as const;
}

async function proveArm(stage: Stage, arm: PlannedArm, original: Original, attempts = 3): Promise<PlayedArm> {
  let played = await playOnce(stage, arm, original);
  for (let attempt = 1; attempt < attempts && played.judgement.outcome === 'inconclusive'; attempt++)
    played = await playOnce(stage, arm, original);
  const { judgement, evidence } = played;
  const caught =
    arm.caughtBy === undefined || judgement.results.some((r) => r.check === arm.caughtBy && r.outcome === 'fail');
  const { outcome, results, reasons } = judgement;
  const as = named(arm);
  const result = { ...as, outcome, results, reasons, ok: outcome === as.expected && caught };
  return { result, ...(evidence && { evidence }) };
}
