import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { CompanySize } from '../domain/company.ts';
import { messageOf } from '../domain/errors.ts';
import type { Evidence, Reading, SurveyedRequest } from '../domain/evidence.ts';
import type { Judgement } from '../domain/game-day.ts';
import type { ArmKind, ProofArm, ProofResult } from '../domain/proof.ts';
import type { Scenario, ScenarioPlan } from '../domain/scenario.ts';
import type { Outcome } from '../domain/verdict.ts';
import { embeddedEngine } from '../engines/embedded/embedded-engine.ts';
import { removeTemporaryDirectory, temporaryDirectory } from '../platform/files.ts';
import { type BootedSandbox, bootSandbox, networkOf } from './boot.ts';
import { buildApp, fingerprintApp } from './build-app.ts';
import { calibratedRate } from './calibrate.ts';
import { discoverScenarios } from './catalogue.ts';
import { createJournal } from './journal.ts';
import { playAndJudge } from './play-and-judge.ts';
import { findPatches } from './scenario-files.ts';
import { createPatchedApp, originalApp } from './workspace.ts';

export interface ProveOptions {
  /** How often every arm is played; all repetitions must agree. Default 1. */
  readonly repeat?: number;
  /** Variants to prove; default all: the first with every arm, the others with flawed and solution. */
  readonly variants?: readonly string[];
  /** Names of arms to play; default all. */
  readonly arms?: readonly string[];
  readonly signal: AbortSignal;
  readonly onStep?: (step: string, share?: number) => void;
  readonly onArm?: (arm: ProofArm) => void;
  /** Keeps journals, logs and evidence of every arm here instead of deleting them. */
  readonly keep?: string;
}

/** One version of the app to be played. */
interface PlannedArm {
  readonly name: string;
  readonly kind: ArmKind;
  readonly patches: readonly string[];
  readonly size: CompanySize;
  readonly caughtBy?: string;
}

const seed = 1;

/**
 * Proves a scenario by playing it: the app as handed out must fail, the reference solution and every other accepted fix must pass, every decoy must
 * fail by the check it names, and at `harmlessAt` even the app as handed out must pass. Throws a GamedayError when the machine can't play at all.
 */
export async function proveScenario(scenario: Scenario, options: ProveOptions): Promise<ProofResult> {
  const { definition } = scenario;
  const arms: ProofArm[] = [];
  const planned = await planArms(scenario);
  const variants = options.variants ?? scenario.variants;
  for (const size of [...new Set(planned.map((arm) => arm.size))]) {
    const directory =
      options.keep === undefined ? temporaryDirectory('prove') : join(options.keep, `${scenario.id}-${size}`);
    await mkdir(directory, { recursive: true });
    const journal = createJournal(join(directory, 'events.jsonl'));
    const sandbox = await bootSandbox({
      directory,
      size,
      network: networkOf(definition),
      journal,
      seed,
      ...(options.onStep && { onStep: options.onStep }),
    });
    try {
      for (let round = 0; round < (options.repeat ?? 1); round++) {
        for (const variant of variants) {
          const plan = definition.plan(definition.variants[variant]);
          const chosen = planned.filter((arm) => arm.size === size && belongs(arm, variant, scenario, options.arms));
          const player = { scenario, sandbox, plan, variant, directory, journal, signal: options.signal };
          let originalSurvey: Reading<readonly SurveyedRequest[]> | undefined;
          for (const arm of chosen) {
            options.onStep?.(`${scenario.id} / ${variant} / ${arm.name}`);
            const { result, evidence } = await proveArm(player, arm, originalSurvey);
            if (arm.kind === 'flawed' || arm.kind === 'harmless') originalSurvey = evidence?.survey;
            arms.push(result);
            options.onArm?.(result);
          }
        }
      }
    } finally {
      await sandbox.stop();
      journal.close();
      if (options.keep === undefined) removeTemporaryDirectory(directory);
    }
  }
  return { scenario: scenario.id, arms, ok: arms.length > 0 && arms.every((arm) => arm.ok) };
}

async function planArms(scenario: Scenario): Promise<readonly PlannedArm[]> {
  const { solution, accepted, decoys } = await findPatches(scenario);
  const { size, harmlessAt } = scenario.definition;
  return [
    { name: 'flawed', kind: 'flawed', patches: [], size },
    { name: 'solution', kind: 'solution', patches: [solution], size },
    { name: 'all solutions', kind: 'accepted', patches: await everySolution(), size },
    ...accepted.map((file) => ({ name: nameOf(file), kind: 'accepted' as const, patches: [file], size })),
    ...decoys.map(({ name, file, caughtBy }) => ({ name, kind: 'decoy' as const, patches: [file], size, caughtBy })),
    ...(harmlessAt === undefined
      ? []
      : [{ name: `flawed at ${harmlessAt}`, kind: 'harmless' as const, patches: [], size: harmlessAt }]),
  ];
}

/** The reference solutions of all scenarios: one repaired app must come through every incident. */
async function everySolution(): Promise<readonly string[]> {
  const { scenarios } = await discoverScenarios();
  return Promise.all(scenarios.map(async (scenario) => (await findPatches(scenario)).solution));
}

/** The first variant goes through every arm; its siblings show that the flaw and its repair are theirs too. The flawed arm is always played: it sets the scale. */
function belongs(arm: PlannedArm, variant: string, scenario: Scenario, wanted: readonly string[] | undefined): boolean {
  if (arm.kind === 'flawed') return true;
  if (wanted !== undefined) return wanted.includes(arm.name);
  return variant === scenario.variants[0] || arm.kind === 'solution';
}

interface Player {
  readonly scenario: Scenario;
  readonly sandbox: BootedSandbox;
  readonly plan: ScenarioPlan;
  readonly variant: string;
  readonly directory: string;
  readonly journal: ReturnType<typeof createJournal>;
  readonly signal: AbortSignal;
}

async function proveArm(
  player: Player,
  arm: PlannedArm,
  originalSurvey: Reading<readonly SurveyedRequest[]> | undefined,
) {
  const started = performance.now();
  const { judgement, evidence } = await playOne(player, arm, originalSurvey);
  player.journal.write({ type: 'judged', arm: arm.name, ...judgement });
  const expected: Outcome = arm.kind === 'flawed' || arm.kind === 'decoy' ? 'fail' : 'pass';
  const caught =
    arm.caughtBy === undefined || judgement.results.some((r) => r.check === arm.caughtBy && r.outcome === 'fail');
  const result: ProofArm = {
    variant: player.variant,
    arm: arm.name,
    kind: arm.kind,
    expected,
    outcome: judgement.outcome,
    ...(arm.caughtBy !== undefined && { caughtBy: arm.caughtBy }),
    results: judgement.results,
    reasons: judgement.reasons,
    seconds: (performance.now() - started) / 1_000,
    ok: judgement.outcome === expected && caught,
  };
  return { result, evidence };
}

async function playOne(
  { scenario, sandbox, plan, variant, directory, journal, signal }: Player,
  arm: PlannedArm,
  originalSurvey: Reading<readonly SurveyedRequest[]> | undefined,
): Promise<{ judgement: Judgement; evidence?: Evidence }> {
  const scratch = temporaryDirectory('arm');
  try {
    const source = arm.patches.length === 0 ? originalApp : join(scratch, 'source');
    if (arm.patches.length > 0) await createPatchedApp(source, arm.patches);
    const build = await buildApp(source, join(scratch, 'build'));
    const key = {
      scenario: scenario.id,
      variant,
      size: scenario.definition.size,
      app: await fingerprintApp(originalApp),
    };
    const rate = async (loadPlan: Parameters<typeof calibratedRate>[2], entry: URL) => {
      const calibrated = await calibratedRate(plan.workload.rate, key, loadPlan, entry, arm.kind === 'flawed');
      journal.write({ type: 'load.calibrated', ...calibrated });
      return calibrated.ratePerSecond;
    };
    const options = { sandbox, plan, build, engine: embeddedEngine, journal, rate, originalSurvey, seed, signal };
    return await playAndJudge(options, join(directory, `evidence-${variant}-${arm.name.replaceAll(' ', '-')}.json`));
  } catch (error) {
    signal.throwIfAborted();
    return {
      judgement: {
        outcome: 'inconclusive',
        results: [],
        reasons: [`the arm could not be played: ${messageOf(error)}`],
      },
    };
  } finally {
    removeTemporaryDirectory(scratch);
  }
}

function nameOf(patch: string): string {
  return /([^/\\]+)\.patch$/.exec(patch)![1]!;
}
