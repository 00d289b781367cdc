import type { Evidence, Reading, SurveyedRequest } from '../domain/evidence.ts';
import type { Journal } from '../domain/journal.ts';
import type { LoadEngine } from '../domain/load.ts';
import { replicasOf } from '../domain/sandbox.ts';
import { constantRate, type LoadPlan } from '../domain/workload.ts';
import { surveyApp } from '../meters/survey.ts';
import { sleep } from '../platform/clock.ts';
import { directTimeline } from './director.ts';
import type { LiveFigures } from './live-figures.ts';
import { type Measurement, reading, startMeasurement } from './measurement.ts';
import type { MeteredLoad } from './metered-load.ts';
import { type RaiseOptions, raiseApp, raiseAppAndLoad } from './raise-app.ts';
import { settle } from './settle.ts';
import { warmUp } from './warm-up.ts';

export interface ArmOptions extends RaiseOptions {
  readonly engine: LoadEngine;
  readonly journal: Journal;
  /** Resolves the rate once the app is up and before the load (calibration needs a running app). */
  readonly rate: (loadPlan: LoadPlan, entry: URL) => Promise<number>;
  /** What the app as handed out answered; `itself` when this arm is that app. */
  readonly originalSurvey: Reading<readonly SurveyedRequest[]> | 'itself';
  /** Shows the load to whoever watches, from its first second until it is stopped. */
  readonly watch?: (load: MeteredLoad) => Promise<LiveFigures>;
  readonly signal: AbortSignal;
}

/**
 * Plays a scenario once, on a fresh database, against one version of the app: survey, steady state, incident, settling. The same protocol
 * serves the live game day's hold and every arm of a proof. Throws when the app can't be built up at all; measuring trouble ends up as
 * absent readings in the evidence.
 */
export async function playArm(options: ArmOptions): Promise<Evidence> {
  const { sandbox, plan, journal, signal } = options;
  const { loadPlan, load } = await raiseAppAndLoad(options);

  let stop = () => load.discard();
  try {
    const survey = await phase(journal, 'survey', () =>
      reading(sandbox.atFullSpeed(() => surveyApp(sandbox, loadPlan))),
    );
    const ratePerSecond = await options.rate(loadPlan, sandbox.app.entry);
    if (plan.warmUp !== undefined) await phase(journal, 'warm-up', () => warmUp(sandbox, loadPlan, plan.warmUp ?? []));

    const running = await startMeasurement(sandbox, plan, load, ratePerSecond);
    stop = () => running.stop();
    const watching = await options.watch?.(running.load);
    stop = async () => {
      await watching?.stop();
      await running.stop();
    };
    await running.warmUp(signal);
    const steady = await phase(journal, 'steady', () =>
      running.measure(() => sleep(plan.seconds.steady * 1_000, signal)),
    );
    const { evidence: incident, faults } = await phase(journal, 'incident', () => playIncident(options, running));
    return {
      survey,
      originalSurvey: options.originalSurvey === 'itself' ? survey : options.originalSurvey,
      phases: { steady, incident },
      faults,
      replicas: replicasOf(sandbox).length,
    };
  } finally {
    await stop();
    await sandbox.app.stop();
  }
}

/** Surveys one version of the app on a fresh database without any load, and stops it again. */
export async function surveyBuild(
  options: RaiseOptions & Pick<ArmOptions, 'journal'>,
): Promise<Reading<readonly SurveyedRequest[]>> {
  const loadPlan = await raiseApp(options);
  try {
    return await phase(options.journal, 'survey', () =>
      reading(options.sandbox.atFullSpeed(() => surveyApp(options.sandbox, loadPlan))),
    );
  } finally {
    await options.sandbox.app.stop();
  }
}

async function playIncident({ sandbox, plan, journal, signal }: ArmOptions, { load, discard, measure }: Measurement) {
  // Before the faults: one of them may be a change of the traffic.
  load.running.shape(plan.incidentRate ?? constantRate(1));
  const direction = directTimeline(plan.timeline, sandbox, journal, signal);
  try {
    await direction.opened;
    // What happens between the phases (a fault being put in place) belongs to neither.
    await discard();
    const evidence = await measure(async () => {
      await sleep(plan.seconds.incident * 1_000, signal);
      if (plan.settle === undefined) return;
      await load.stop();
      await phase(journal, 'settle', () => settle(sandbox, plan.settle ?? 0, signal));
    });
    return { evidence, faults: await direction.close() };
  } finally {
    await direction.close();
  }
}

async function phase<T>(
  journal: Journal,
  name: 'survey' | 'warm-up' | 'steady' | 'incident' | 'settle',
  body: () => Promise<T>,
): Promise<T> {
  journal.write({ type: 'phase.started', phase: name });
  const result = await body();
  journal.write({ type: 'phase.ended', phase: name });
  return result;
}
