import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { CompanySize } from '../domain/company.ts';
import { ExitCode, GamedayError, messageOf } from '../domain/errors.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { Judgement } from '../domain/game-day.ts';
import type { Journal } from '../domain/journal.ts';
import type { EngineName } from '../domain/load.ts';
import type { ProofArm, ProofResult } from '../domain/proof.ts';
import type { Scenario } from '../domain/scenario.ts';
import type { ServiceSource } from '../domain/service.ts';
import type { LoadPlan } from '../domain/workload.ts';
import { removeTemporaryDirectory, temporaryDirectory } from '../platform/files.ts';
import { assertProvable } from './assert-provable.ts';
import { type BootedSandbox, bootSandbox, networkOf } from './boot.ts';
import { buildApp, fingerprintApp } from './build-app.ts';
import { calibratedRate } from './calibrate.ts';
import { chooseEngine } from './choose-engine.ts';
import { createJournal } from './journal.ts';
import { playAndJudge } from './play-and-judge.ts';
import type { ArmOptions } from './play-arm.ts';
import { type PlannedArm, planArms } from './proof-arms.ts';
import { createPatchedApp, originalApp } from './workspace.ts';

export interface ProveOptions {
  /** How often every arm is played; all repetitions must come out right. Default 1. */
  readonly repeat?: number;
  /** Variants to prove; default all. */
  readonly variants?: readonly string[];
  /** Names of arms to play beside the flawed one; default all. */
  readonly arms?: readonly string[];
  /** Where PostgreSQL and Redis come from. Default `auto`. */
  readonly services?: ServiceSource;
  readonly engine?: EngineName;
  readonly signal: AbortSignal;
  readonly onStep?: (step: string, share?: number) => void;
  readonly onArm?: (arm: ProofArm) => void;
  /** Keeps journals, logs and evidence of every arm here instead of deleting them. */
  readonly keep?: string;
}

type Original = ArmOptions['originalSurvey'];
const notSurveyed = { ok: false, reason: 'the app as handed out could not be surveyed' } as const;

const seed = 1;
/** An inconclusive arm says that the machine was disturbed, nothing about the scenario: it is played again, at most this often in all. */
const attempts = 3;

/**
 * Proves a scenario by playing it: the app as handed out must fail, the reference solution, every other accepted fix and all solutions together must
 * pass, every decoy must fail by the check it names, and at `harmlessAt` even the app as handed out must pass. Throws `SCENARIO_INVALID` before anything is played, and a
 * GamedayError when the machine can't play at all.
 */
export async function proveScenario(scenario: Scenario, options: ProveOptions): Promise<ProofResult> {
  await assertProvable(scenario);
  const planned = await planArms(scenario, options.variants ?? scenario.variants, options.arms);
  const arms: ProofArm[] = [];
  for (const size of new Set(planned.map((arm) => arm.size))) {
    const ofSize = planned.filter((arm) => arm.size === size);
    await onStage(scenario, size, options, async (stage) => {
      for (let round = 0; round < (options.repeat ?? 1); round++) {
        let original: Original = notSurveyed;
        for (const arm of ofSize) {
          options.onStep?.(`${scenario.id} / ${arm.variant} / ${arm.name}`);
          const { result, evidence } = await proveArm(stage, arm, arm.patches.length === 0 ? 'itself' : original);
          if (arm.kind === 'flawed') original = evidence?.survey ?? notSurveyed;
          arms.push(result);
          options.onArm?.(result);
        }
      }
    });
  }
  return { scenario: scenario.id, arms, ok: arms.length > 0 && arms.every((arm) => arm.ok) };
}

/** A booted sandbox on which one arm after the other is played. */
interface Stage {
  readonly scenario: Scenario;
  readonly sandbox: BootedSandbox;
  readonly directory: string;
  readonly journal: Journal;
  readonly engine: EngineName | undefined;
  readonly signal: AbortSignal;
}

async function onStage(
  scenario: Scenario,
  size: CompanySize,
  { keep, services, engine, onStep, signal }: ProveOptions,
  play: (stage: Stage) => Promise<void>,
): Promise<void> {
  const directory = keep === undefined ? temporaryDirectory('prove') : join(keep, `${scenario.id}-${size}`);
  await mkdir(directory, { recursive: true });
  const journal = createJournal(join(directory, 'events.jsonl'));
  try {
    const sandbox = await bootSandbox({
      directory,
      size,
      services,
      network: networkOf(scenario.definition),
      journal,
      seed,
      ...(onStep && { onStep }),
    });
    try {
      await play({ scenario, sandbox, directory, journal, engine, signal });
    } finally {
      await sandbox.stop();
    }
  } finally {
    journal.close();
    if (keep === undefined) removeTemporaryDirectory(directory);
  }
}

async function proveArm(stage: Stage, arm: PlannedArm, original: Original) {
  const started = performance.now();
  let played = await playOnce(stage, arm, original);
  for (let attempt = 1; attempt < attempts && played.judgement.outcome === 'inconclusive'; attempt++)
    played = await playOnce(stage, arm, original);
  const { judgement, evidence } = played;
  const expected = arm.kind === 'flawed' || arm.kind === 'decoy' ? 'fail' : 'pass';
  const caught =
    arm.caughtBy === undefined || judgement.results.some((r) => r.check === arm.caughtBy && r.outcome === 'fail');
  const result: ProofArm = {
    variant: arm.variant,
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

async function playOnce(
  { scenario, sandbox, directory, journal, engine: asked, signal }: Stage,
  arm: PlannedArm,
  originalSurvey: Original,
): Promise<{ readonly judgement: Judgement; readonly evidence?: Evidence }> {
  const { definition } = scenario;
  const plan = definition.plan(definition.variants[arm.variant]);
  const scratch = temporaryDirectory('arm');
  try {
    const source = arm.patches.length === 0 ? originalApp : join(scratch, 'source');
    if (arm.patches.length > 0) await createPatchedApp(source, arm.patches);
    const build = await buildApp(source, join(scratch, 'build'));
    const key = {
      scenario: scenario.id,
      variant: arm.variant,
      size: definition.size,
      app: await fingerprintApp(originalApp),
      traced: false,
    };
    const rate = async (loadPlan: LoadPlan, entry: URL) => {
      const calibrated = await calibratedRate(plan.workload.rate, key, loadPlan, entry, arm.kind === 'flawed');
      journal.write({ type: 'load.calibrated', ...calibrated });
      return calibrated.ratePerSecond;
    };
    const engine = chooseEngine(asked, plan.workload);
    const options = { sandbox, plan, build, engine, journal, rate, originalSurvey, seed, signal };
    const played = await playAndJudge(
      options,
      join(directory, `evidence-${arm.variant}-${arm.name.replaceAll(' ', '-')}.json`),
    );
    journal.write({ type: 'judged', arm: arm.name, ...played.judgement });
    return played;
  } catch (error) {
    signal.throwIfAborted();
    // A patch that does not apply or does not build is the scenario's mistake, not the machine's.
    if (error instanceof GamedayError && error.exitCode === ExitCode.usage) throw error;
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
