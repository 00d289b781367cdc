import { contentionOf, describeContention } from '../domain/contention.ts';
import { messageOf } from '../domain/errors.ts';
import type { Evidence, PhaseEvidence } from '../domain/evidence.ts';
import type { Journal } from '../domain/journal.ts';
import type { PreparedLoad } from '../domain/load.ts';
import { replicasOf } from '../domain/sandbox.ts';
import type { ScenarioPlan } from '../domain/scenario.ts';
import type { LoadPlan } from '../domain/workload.ts';
import type { Exporter } from '../exporter/exporter.ts';
import { sleep } from '../platform/clock.ts';
import type { BootedSandbox } from './boot.ts';
import { directTimeline } from './director.ts';
import { judgeChecks, objectivesMet } from './judge.ts';
import { startLiveFigures } from './live-figures.ts';
import { playLiveWave } from './live-wave.ts';
import { startMeasurement } from './measurement.ts';
import { startNoise } from './noise.ts';
import { settle } from './settle.ts';
import { warmUp } from './warm-up.ts';

export interface LiveIncidentOptions {
  readonly sandbox: BootedSandbox;
  readonly plan: ScenarioPlan;
  readonly loadPlan: LoadPlan;
  readonly load: PreparedLoad;
  readonly ratePerSecond: number;
  readonly journal: Journal;
  /** Is told what load engine, meters and checks see. */
  readonly exporter: Exporter;
  readonly onStage: (stage: 'steady' | 'incident') => void;
}

/** The incident as a participant lives through it: steady state, then the timeline again and again until stopped. */
export interface LiveIncident {
  /** Ends load, faults and meters. Idempotent. */
  stop(): Promise<void>;
}

const noSurvey = {
  ok: false,
  reason: 'requests are counted one by one at the submission, not while the incident is live',
} as const;

/** Starts load and live figures; resolves once load is flowing. Each wave of the timeline that one version lived through is judged, and a change of the outcome is journaled. */
export async function startLiveIncident(options: LiveIncidentOptions): Promise<LiveIncident> {
  const { sandbox, plan, loadPlan, journal, exporter, onStage } = options;
  const ending = new AbortController();
  const { signal } = ending;
  if (plan.warmUp !== undefined) await warmUp(sandbox, loadPlan, plan.warmUp);
  const measurement = await startMeasurement(sandbox, plan, options.load, options.ratePerSecond);
  const { load } = measurement;
  let stage: 'steady' | 'incident' | 'settle' = 'steady';
  const noise = await startNoise(plan.noise ?? [], sandbox, journal, signal);
  const figures = await startLiveFigures(sandbox, load, journal, () => stage, exporter);

  async function during<T>(passing: typeof stage, body: () => Promise<T>): Promise<T> {
    const before = stage;
    stage = passing;
    return body().finally(() => {
      stage = before;
    });
  }

  let contended = false;
  function noteContention({ machine }: PhaseEvidence): void {
    const contention = contentionOf(machine);
    if (contention && !contended) journal.write({ type: 'harness.troubled', problem: describeContention(contention) });
    contended = contention !== undefined;
  }

  async function live(): Promise<void> {
    onStage('steady');
    journal.write({ type: 'phase.started', phase: 'steady' });
    await measurement.warmUp(signal);
    const steady = await measurement.measure(() => sleep(plan.seconds.steady * 1_000, signal));
    journal.write({ type: 'phase.ended', phase: 'steady' });
    noteContention(steady);
    const evidenceOf = (incident: typeof steady, faults: Evidence['faults']): Evidence => ({
      survey: noSurvey,
      originalSurvey: noSurvey,
      phases: { steady, incident },
      faults,
      replicas: replicasOf(sandbox).length,
    });
    const unsteady = judgeChecks(plan.steadyState, evidenceOf(steady, [])).filter(
      (result) => result.outcome === 'fail',
    );
    if (unsteady.length > 0) {
      journal.write({
        type: 'harness.troubled',
        problem: `the steady state did not hold on this machine: ${unsteady.map((result) => result.summary).join('; ')}`,
      });
    }

    stage = 'incident';
    onStage('incident');
    journal.write({ type: 'phase.started', phase: 'incident' });
    let met: boolean | undefined;
    while (!signal.aborted) {
      const wave = await playLiveWave({
        plan,
        measurement,
        journal,
        direct: () => directTimeline(plan.timeline, sandbox, journal, signal),
        settle: (seconds) => during('settle', () => settle(sandbox, seconds, signal)),
        signal,
      });
      if (signal.aborted) break;
      noteContention(wave.evidence);
      if (wave.mixed) continue;
      const results = judgeChecks(plan.objectives, evidenceOf(wave.evidence, wave.faults));
      exporter.judged(results);
      const nowMet = objectivesMet(results);
      if (nowMet !== undefined && nowMet !== met) {
        met = nowMet;
        const missed = results.filter((result) => result.outcome === 'fail').map((result) => result.summary);
        journal.write({
          type: 'objectives.changed',
          met,
          why: met ? 'no objective is missed any more' : missed.join('; '),
        });
      }
    }
  }

  const living = live().catch((error: unknown) => {
    if (!signal.aborted)
      journal.write({ type: 'harness.troubled', problem: `the incident stopped playing: ${messageOf(error)}` });
  });

  let stopped: Promise<void> | undefined;
  return {
    stop() {
      stopped ??= (async () => {
        ending.abort(new Error('the incident was stopped'));
        await load.stop({ waitMs: 0 });
        await sandbox.app.stop();
        await living;
        await figures.stop();
        await noise.stop();
        exporter.read({});
        await measurement.stop();
      })();
      return stopped;
    },
  };
}
