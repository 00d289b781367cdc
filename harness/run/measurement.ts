import { messageOf } from '../domain/errors.ts';
import type { PhaseEvidence, Reading } from '../domain/evidence.ts';
import type { PreparedLoad } from '../domain/load.ts';
import type { ScenarioPlan } from '../domain/scenario.ts';
import { constantRate } from '../domain/workload.ts';
import { sleep } from '../platform/clock.ts';
import type { BootedSandbox } from './boot.ts';
import { startCollector } from './collect.ts';
import { type MeteredLoad, startMeteredLoad } from './metered-load.ts';

/** Load and meters of one version of the app, running together and cut into phases together. */
export interface Measurement {
  readonly load: MeteredLoad;
  /** Lets the load run until pools are filled, caches warm and code compiled, and throws away what was measured meanwhile. */
  warmUp(signal: AbortSignal): Promise<void>;
  /** Throws away what was measured since the last cut: it belongs to no phase. */
  discard(): Promise<void>;
  /** What is measured while `during` runs. Rejects only as `during` does; what a dead meter would have said is absent. */
  measure(during: () => Promise<void>): Promise<PhaseEvidence>;
  /** Stops load and meters. Idempotent. */
  stop(): Promise<void>;
}

const warmUpSeconds = 1.5;

/** Starts the load at its steady level and every meter. */
export async function startMeasurement(
  sandbox: BootedSandbox,
  plan: ScenarioPlan,
  prepared: PreparedLoad,
  ratePerSecond: number,
): Promise<Measurement> {
  const load = await startMeteredLoad(prepared, ratePerSecond, sandbox);
  load.running.shape(constantRate(plan.steadyTimes ?? 1));
  const collector = await startCollector(sandbox, plan.invariants ?? []);

  async function measure(during: () => Promise<void>): Promise<PhaseEvidence> {
    const from = Date.now();
    await during();
    const loadReading = await reading(load.cut());
    const metered = await collector.cut();
    return { from, to: Date.now(), load: loadReading, ...metered };
  }
  const discard = async () => {
    await measure(async () => {});
  };

  return {
    load,
    async warmUp(signal) {
      await sleep(warmUpSeconds * 1_000, signal);
      await discard();
    },
    discard,
    measure,
    async stop() {
      // What was measured is cut by now, and app and database are thrown away next: nobody waits for what an overloaded app still has to answer.
      await load.stop({ waitMs: 0 });
      await collector.stop();
    },
  };
}

/** A measurement that fails is absent evidence. */
export async function reading<T>(measurement: Promise<T>): Promise<Reading<T>> {
  try {
    return { ok: true, value: await measurement };
  } catch (error) {
    return { ok: false, reason: messageOf(error) };
  }
}
