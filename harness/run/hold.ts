import { join } from 'node:path';
import type { Judgement } from '../domain/game-day.ts';
import type { Journal } from '../domain/journal.ts';
import type { LoadEngine } from '../domain/load.ts';
import type { ScenarioPlan } from '../domain/scenario.ts';
import type { Exporter } from '../exporter/exporter.ts';
import type { BootedSandbox } from './boot.ts';
import type { AppBuild } from './build-app.ts';
import { startLiveFigures } from './live-figures.ts';
import { playAndJudge } from './play-and-judge.ts';
import { type ArmOptions, surveyBuild } from './play-arm.ts';

export interface HoldOptions {
  readonly sandbox: BootedSandbox;
  readonly plan: ScenarioPlan;
  /** The app as handed out. */
  readonly original: AppBuild;
  readonly submitted: AppBuild;
  readonly engine: LoadEngine;
  readonly journal: Journal;
  /** Is told what load engine and meters see. */
  readonly exporter: Exporter;
  readonly rate: ArmOptions['rate'];
  readonly seed: number;
  readonly signal: AbortSignal;
}

/**
 * Plays the incident again on the submitted version with a fresh database, after asking the app as handed out for the answers to compare with, and
 * judges it. The evidence is kept in the run's directory.
 */
export async function hold({ original, submitted, exporter, ...options }: HoldOptions): Promise<Judgement> {
  const { sandbox, journal } = options;
  journal.write({ type: 'phase.started', phase: 'hold' });
  // In a roll-out it is asked anyway: it is what runs before.
  const originalSurvey: ArmOptions['originalSurvey'] = options.plan.rollOut
    ? 'itself'
    : await surveyBuild({ ...options, build: original });
  const watch: ArmOptions['watch'] = (load) => startLiveFigures(sandbox, load, journal, () => 'hold', exporter);
  const arm = { ...options, build: submitted, running: original, originalSurvey, watch };
  const { judgement } = await playAndJudge(arm, join(sandbox.directory, 'evidence-hold.json'));
  journal.write({ type: 'phase.ended', phase: 'hold' });
  journal.write({ type: 'judged', arm: 'submission', ...judgement });
  return judgement;
}
