import type { Evidence, PhaseEvidence } from '../domain/evidence.ts';
import type { Journal } from '../domain/journal.ts';
import type { ScenarioPlan } from '../domain/scenario.ts';
import { constantRate } from '../domain/workload.ts';
import { sleep } from '../platform/clock.ts';
import type { Direction } from './director.ts';
import type { Measurement } from './measurement.ts';
import { asSettled, type Settled } from './settle.ts';

/** One pass of the timeline while the game day is live. */
interface LiveWave {
  readonly evidence: PhaseEvidence;
  readonly faults: Evidence['faults'];
  /** A deploy began or ended meanwhile: the figures are those of two versions and say nothing about either. */
  readonly mixed: boolean;
}

export interface LiveWaveOptions {
  readonly plan: Pick<ScenarioPlan, 'incidentRate' | 'seconds' | 'settle'>;
  readonly measurement: Measurement;
  readonly journal: Journal;
  /** Starts the timeline. */
  readonly direct: () => Direction;
  /** Waits for the asynchronous work that the load caused, at most this many seconds. */
  readonly settle: (seconds: number) => Promise<Settled>;
  readonly signal: AbortSignal;
}

/**
 * Plays the timeline once under load. Where the scenario lets asynchronous work settle, arrivals pause at the end until it has, as in the hold: work
 * that is merely under way is not lost. After an abort it ends at once, with evidence that nobody should judge.
 */
export async function playLiveWave(options: LiveWaveOptions): Promise<LiveWave> {
  const { plan, measurement, journal, direct, settle, signal } = options;
  const { running } = measurement.load;
  let mixed = false;
  const unfollow = journal.follow(({ type }) => {
    mixed ||= type.startsWith('deploy.');
  });
  try {
    running.shape(plan.incidentRate ?? constantRate(1));
    const direction = direct();
    await direction.opened;
    await measurement.discard();
    let settled: Settled | undefined;
    const measured = await measurement.measure(async () => {
      await sleep(plan.seconds.incident * 1_000, signal).catch(() => {});
      if (plan.settle === undefined || signal.aborted) return;
      running.shape(constantRate(0));
      settled = await settle(plan.settle).catch((error: unknown) => {
        if (!signal.aborted) throw error;
        return undefined;
      });
    });
    return { evidence: asSettled(measured, settled), faults: await direction.close(), mixed };
  } finally {
    unfollow();
  }
}
