import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { CompanySize } from '../domain/company.ts';
import { ExitCode, GamedayError, messageOf } from '../domain/errors.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { Journal } from '../domain/journal.ts';
import type { EngineName } from '../domain/load.ts';
import type { Scenario } from '../domain/scenario.ts';
import type { ServiceSource } from '../domain/service.ts';
import type { LoadPlan } from '../domain/workload.ts';
import type { Confinement } from '../platform/confinement.ts';
import { removeTemporaryDirectory, temporaryDirectory } from '../platform/files.ts';
import { type BootedSandbox, bootSandbox, networkOf } from './boot.ts';
import { type AppBuild, buildApp, buildSelfContained, fingerprintApp } from './build-app.ts';
import { calibratedRate } from './calibrate.ts';
import { chooseEngine } from './choose-engine.ts';
import { createJournal } from './journal.ts';
import { planOf } from './plan-of.ts';
import { type Play, playAndJudge } from './play-and-judge.ts';
import { type ArmOptions, surveyBuild } from './play-arm.ts';
import type { PlannedArm } from './proof-arms.ts';
import { createPatchedApp, originalApp } from './workspace.ts';

export interface StageOptions {
  /** Where PostgreSQL and Redis come from. Default `auto`. */
  readonly services?: ServiceSource;
  readonly engine?: EngineName;
  readonly signal: AbortSignal;
  readonly onStep?: (step: string, share?: number) => void;
  /** Keeps journals, logs and evidence of every arm here instead of deleting them. */
  readonly keep?: string;
  /** What chance depends on: which rows are drawn, how third parties behave. Default 1. */
  readonly seed?: number;
  /** For an app that is a stranger's. */
  readonly confinement?: Confinement;
  /** Where in its pools each request is looked at once more, beside the rows that those who play see: shares from 0 to 1. */
  readonly lookAlsoAt?: readonly number[];
}

/** What the app as handed out answered, to compare with; `itself` when the arm is that app. */
export type Original = ArmOptions['originalSurvey'];

/** Nothing to compare with. */
export const notSurveyed = { ok: false, reason: 'the app as handed out could not be surveyed' } as const;

/** A booted sandbox on which one arm after the other is played. */
export interface Stage {
  readonly scenario: Scenario;
  readonly sandbox: BootedSandbox;
  readonly directory: string;
  readonly journal: Journal;
  readonly seed: number;
  readonly options: StageOptions;
}

/** Boots a sandbox of this size for a scenario, lets `play` use it, and takes everything down again, whatever became of it. */
export async function onStage(
  scenario: Scenario,
  size: CompanySize,
  options: StageOptions,
  play: (stage: Stage) => Promise<void>,
): Promise<void> {
  const { keep, services, onStep, confinement, seed = 1 } = options;
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
      ...(confinement && { confinement }),
    });
    try {
      await play({ scenario, sandbox, directory, journal, seed, options });
    } finally {
      await sandbox.stop();
    }
  } finally {
    journal.close();
    if (keep === undefined) removeTemporaryDirectory(directory);
  }
}

/**
 * Plays one arm on a fresh database and judges it. Trouble with playing is an inconclusive judgement; throws what is the scenario's mistake (a patch that
 * does not apply or build), and when interrupted.
 */
export async function playOnce(stage: Stage, arm: PlannedArm, originalSurvey: Original): Promise<Play> {
  const { directory, journal, options } = stage;
  try {
    const file = join(directory, `evidence-${arm.variant}-${arm.name.replaceAll(' ', '-')}.json`);
    const played = await withArm(stage, arm, originalSurvey, (built) => playAndJudge(built, file));
    journal.write({ type: 'judged', arm: arm.name, ...played.judgement });
    return played;
  } catch (error) {
    options.signal.throwIfAborted();
    // A patch that does not apply or does not build is the scenario's mistake, not the machine's.
    if (error instanceof GamedayError && error.exitCode === ExitCode.usage) throw error;
    return {
      judgement: {
        outcome: 'inconclusive',
        results: [],
        reasons: [`the arm could not be played: ${messageOf(error)}`],
      },
    };
  }
}

/** What one arm answers on a fresh database without any load. Rejects when it can't be built up, and when interrupted. */
export async function surveyOnce(stage: Stage, arm: PlannedArm): Promise<Evidence['survey']> {
  return withArm(stage, arm, notSurveyed, surveyBuild);
}

/** Builds an arm, lets `use` raise it, and removes what it was built of, whatever became of it. */
async function withArm<T>(
  { scenario, sandbox, journal, seed, options: { engine: asked, signal, confinement, lookAlsoAt } }: Stage,
  arm: PlannedArm,
  originalSurvey: Original,
  use: (options: ArmOptions) => Promise<T>,
): Promise<T> {
  const { plan } = planOf(scenario, arm.variant);
  const scratch = temporaryDirectory('arm');
  try {
    // Readable for those who are confined, as is what is built within.
    await chmod(scratch, 0o711);
    const buildSource = confinement ? buildSelfContained : buildApp;
    const build = await buildPatched(arm.patches, join(scratch, 'judged'), buildSource);
    const running = plan.rollOut
      ? await buildPatched(arm.runningPatches ?? [], join(scratch, 'running'), buildSource)
      : build;
    const rate = async (loadPlan: LoadPlan, entry: URL) => {
      const key = {
        scenario: scenario.id,
        variant: arm.variant,
        size: scenario.definition.size,
        app: await fingerprintApp(originalApp),
        traced: false,
        providers: sandbox.providers,
      };
      const calibrated = await calibratedRate(plan.workload.rate, key, loadPlan, entry, arm.kind === 'flawed');
      journal.write({ type: 'load.calibrated', ...calibrated });
      return calibrated.ratePerSecond;
    };
    const engine = chooseEngine(asked, plan.workload);
    return await use({
      ...{ sandbox, plan, build, running, engine, journal, rate, originalSurvey, seed, signal },
      ...(lookAlsoAt && { lookAlsoAt }),
    });
  } finally {
    confinement?.endAll();
    removeTemporaryDirectory(scratch);
  }
}

async function buildPatched(
  patches: readonly string[],
  directory: string,
  buildSource: typeof buildApp,
): Promise<AppBuild> {
  const source = patches.length === 0 ? originalApp : join(directory, 'source');
  if (patches.length > 0) await createPatchedApp(source, patches);
  return buildSource(source, join(directory, 'build'));
}
