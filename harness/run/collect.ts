import { messageOf } from '../domain/errors.ts';
import type { PhaseEvidence, Reading } from '../domain/evidence.ts';
import type { Meter, RunningMeter } from '../domain/meter.ts';
import type { Sandbox } from '../domain/sandbox.ts';
import type { InvariantQuery } from '../domain/scenario.ts';
import { activityMeter } from '../meters/activity.ts';
import { appMetricsMeter } from '../meters/app-metrics.ts';
import { invariantsMeter } from '../meters/invariants.ts';
import { ledgersMeter } from '../meters/ledgers.ts';
import { machineMeter } from '../meters/machine.ts';
import { plansMeter } from '../meters/plans.ts';
import { processesMeter } from '../meters/processes.ts';
import { queuesMeter } from '../meters/queues.ts';
import { redisMeter } from '../meters/redis.ts';
import { statementsMeter } from '../meters/statements.ts';
import { tablesMeter } from '../meters/tables.ts';

type MeteredEvidence = Omit<PhaseEvidence, 'from' | 'to' | 'unfinished' | 'load'>;
type Meters = { readonly [K in keyof MeteredEvidence]: Meter<Extract<MeteredEvidence[K], { ok: true }>['value']> };

/** Every meter of a sandbox, started. */
export interface Collector {
  /** What each meter read since the last cut; a dead meter is an absent reading with its reason, never an exception. */
  cut(): Promise<MeteredEvidence>;
  stop(): Promise<void>;
}

/** Starts all meters. A meter that can't start is dead from the beginning. */
export async function startCollector(sandbox: Sandbox, invariants: readonly InvariantQuery[]): Promise<Collector> {
  const meters: Meters = {
    statements: statementsMeter,
    tables: tablesMeter,
    activity: activityMeter,
    plans: plansMeter,
    redis: redisMeter,
    queues: queuesMeter,
    processes: processesMeter,
    machine: machineMeter,
    app: appMetricsMeter,
    ledgers: ledgersMeter,
    invariants: invariantsMeter(invariants),
  };
  const started = await Promise.all(
    Object.entries(meters).map(
      async ([key, meter]) => [key, await startOne(meter as Meter<unknown>, sandbox)] as const,
    ),
  );
  return {
    async cut() {
      const readings = await Promise.all(started.map(async ([key, running]) => [key, await cutOne(running)] as const));
      return Object.fromEntries(readings) as unknown as MeteredEvidence;
    },
    async stop() {
      await Promise.allSettled(
        started.map(([, running]) => (typeof running === 'string' ? undefined : running.stop())),
      );
    },
  };
}

async function startOne(meter: Meter<unknown>, sandbox: Sandbox): Promise<RunningMeter<unknown> | string> {
  try {
    return await meter.start(sandbox);
  } catch (error) {
    return `the ${meter.name} meter did not start: ${messageOf(error)}`;
  }
}

async function cutOne(running: RunningMeter<unknown> | string): Promise<Reading<unknown>> {
  if (typeof running === 'string') return { ok: false, reason: running };
  try {
    return { ok: true, value: await running.cut() };
  } catch (error) {
    return { ok: false, reason: messageOf(error) };
  }
}
