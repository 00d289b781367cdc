import type { Evidence, Reading, RollOutRecord, SurveyedRequest } from '../domain/evidence.ts';
import type { Journal } from '../domain/journal.ts';
import type { LoadEngine } from '../domain/load.ts';
import { replicasOf } from '../domain/sandbox.ts';
import type { ScenarioPlan } from '../domain/scenario.ts';
import { constantRate, type LoadPlan } from '../domain/workload.ts';
import { type SurveyOptions, surveyApp } from '../meters/survey.ts';
import { surveyPlans } from '../meters/survey-plans.ts';
import { sleep } from '../platform/clock.ts';
import type { AppBuild } from './build-app.ts';
import { directTimeline } from './director.ts';
import type { LiveFigures } from './live-figures.ts';
import { type Measurement, reading, startMeasurement } from './measurement.ts';
import type { MeteredLoad } from './metered-load.ts';
import { startNoise } from './noise.ts';
import { type RaiseOptions, raiseApp, raiseAppAndLoad } from './raise-app.ts';
import { rollOut } from './roll-out.ts';
import { asSettled, type Settled, settle } from './settle.ts';
import { warmUp } from './warm-up.ts';

export interface ArmOptions extends RaiseOptions {
  readonly engine: LoadEngine;
  readonly journal: Journal;
  /** Resolves the rate once the app is up and before the load (calibration needs a running app). */
  readonly rate: (loadPlan: LoadPlan, entry: URL) => Promise<number>;
  /** What the app as handed out answered; `itself` when this arm is that app. */
  readonly originalSurvey: Reading<readonly SurveyedRequest[]> | 'itself';
  /** Where each request is looked at once more, see `SurveyOptions.at`. */
  readonly lookAlsoAt?: readonly number[];
  /** What runs before, where the scenario's plan has a roll-out. Then it is what answers are compared with. */
  readonly running: AppBuild;
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
  const { sandbox, plan, journal, running: before, signal } = options;
  // In a roll-out the version to be judged comes later, and is asked for its answers once it is there.
  const { loadPlan, load } = await raiseAppAndLoad(plan.rollOut ? { ...options, build: before } : options);
  const { lookAlsoAt: at } = options;
  const survey = (how?: SurveyOptions) => unhurried(options, () => surveyApp(sandbox, loadPlan, how));
  const surveyedPlans = () => unhurried(options, () => surveyPlans(sandbox, loadPlan));

  let stop = () => load.discard();
  try {
    const first = await survey();
    const elsewhere = at && (await survey({ at }));
    // Of a version that is replaced nobody asks for them.
    const plansAlone = at && plan.rollOut === undefined && (await surveyedPlans());
    const ratePerSecond = await options.rate(loadPlan, sandbox.app.entry);
    if (plan.warmUp !== undefined) await phase(journal, 'warm-up', () => warmUp(sandbox, loadPlan, plan.warmUp ?? []));

    const running = await startMeasurement(sandbox, plan, load, ratePerSecond);
    stop = () => running.stop();
    const noise = await startNoise(plan.noise ?? [], sandbox, journal, signal);
    stop = async () => {
      await noise.stop();
      await running.stop();
    };
    const watching = await options.watch?.(running.load);
    stop = async () => {
      await watching?.stop();
      await noise.stop();
      await running.stop();
    };
    await running.warmUp(signal);
    const steady = await phase(journal, 'steady', () =>
      running.measure(() => sleep(plan.seconds.steady * 1_000, signal)),
    );
    const played = await phase(journal, 'incident', () => playIncident(options, running));
    const common = {
      phases: { steady, incident: played.evidence },
      faults: played.faults,
      replicas: replicasOf(sandbox).length,
    };
    if (played.rollOut) {
      await running.load.stop({ waitMs: 0 });
      const last = played.rollOut.refused ? neverThere : await survey();
      return {
        ...{ survey: last, originalSurvey: first, ...common, rollOut: played.rollOut },
        ...(at && {
          elsewhere: played.rollOut.refused ? neverThere : await survey({ at }),
          originalElsewhere: elsewhere,
          plansAlone: played.rollOut.refused ? neverThere : await surveyedPlans(),
        }),
      };
    }
    return {
      survey: first,
      originalSurvey: options.originalSurvey === 'itself' ? first : options.originalSurvey,
      ...(elsewhere && { elsewhere }),
      ...(plansAlone && { plansAlone }),
      ...common,
    };
  } finally {
    await stop();
    // All is measured, and the database is thrown away next.
    await sandbox.app.stop({ waitMs: 0 });
  }
}

/** Surveys one version of the app on a fresh database without any load, and stops it again. */
export async function surveyBuild(
  options: RaiseOptions & Pick<ArmOptions, 'journal'>,
): Promise<Reading<readonly SurveyedRequest[]>> {
  const loadPlan = await raiseApp(options);
  try {
    return await unhurried(options, () => surveyApp(options.sandbox, loadPlan));
  } finally {
    await options.sandbox.app.stop({ waitMs: 0 });
  }
}

/** Looks at the app without load and without latency on the network. */
function unhurried<T>(
  { sandbox, journal }: Pick<ArmOptions, 'sandbox' | 'journal'>,
  look: () => Promise<T>,
): Promise<Reading<T>> {
  return phase(journal, 'survey', () => reading(sandbox.atFullSpeed(look)));
}

/** What the processes that were replaced still have to finish belongs to the incident, milliseconds. */
const afterRollOutMs = 1_500;
const rollOutSeconds = 60;

const neverThere = { ok: false, reason: 'the version was refused while it was rolled out' } as const;

async function playIncident(
  { sandbox, plan, build, journal, signal }: ArmOptions,
  { load, discard, measure }: Measurement,
) {
  // Before the faults: one of them may be a change of the traffic.
  load.running.shape(plan.incidentRate ?? constantRate(1));
  const direction = directTimeline(plan.timeline, sandbox, journal, signal);
  try {
    await direction.opened;
    // What happens between the phases (a fault being put in place) belongs to neither.
    await discard();
    const rollingOut = async ({ at, within = rollOutSeconds }: NonNullable<ScenarioPlan['rollOut']>) => {
      await sleep(at * 1_000, signal);
      const record = await rollOut({ fleet: sandbox.app, build, journal, within }, signal);
      await sleep(afterRollOutMs, signal);
      return record;
    };
    let record: RollOutRecord | undefined;
    let settled: Settled | undefined;
    const measured = await measure(async () => {
      const lasting = sleep(plan.seconds.incident * 1_000, signal);
      [record] = await Promise.all([plan.rollOut && rollingOut(plan.rollOut), lasting]);
      if (plan.settle === undefined) return;
      await load.stop();
      settled = await phase(journal, 'settle', () => settle(sandbox, plan.settle ?? 0, signal));
    });
    const evidence = asSettled(measured, settled);
    return { evidence, faults: await direction.close(), rollOut: record };
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
