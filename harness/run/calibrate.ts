import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { LoadPlan, Rate } from '../domain/workload.ts';
import { measureCapacity } from '../engines/capacity.ts';
import { cacheDirectory, writeFileAtomic } from '../platform/files.ts';
import type { BootedSandbox } from './boot.ts';

/** What a measured capacity depends on besides the machine. */
export interface CapacityKey {
  readonly scenario: string;
  readonly variant: string;
  readonly size: string;
  /** Digest of the app as handed out. */
  readonly app: string;
  /** Whether it sends traces while its capacity is measured. */
  readonly traced: boolean;
  readonly providers: BootedSandbox['providers'];
}

const extent = {
  /** A few more than two replicas have database connections. With many more, requests that share them would take longer than is measured. */
  concurrency: 24,
  /** An app that has just started serves two thirds of what it does warm. A peak beyond the former only would be over once the app is warm. */
  warmUpSeconds: 3,
  /** From one second to the next an app near its limit serves a tenth more or less. */
  answers: 300,
  seconds: 5,
};

/**
 * The arrival rate of a workload on this machine, requests per second. An absolute rate is returned as it is; otherwise the capacity of the
 * app as handed out, once warm, is measured (a closed loop of 24 lanes against `entry`, for 4 to 8 s) once per machine and kept in the cache. `original` says whether the
 * app behind `entry` is that app; when it isn't and nothing is kept, the rate falls back to `atLeast`.
 */
export async function calibratedRate(
  rate: Rate,
  key: CapacityKey,
  plan: LoadPlan,
  entry: URL,
  original: boolean,
): Promise<{ readonly ratePerSecond: number; readonly why: string }> {
  if ('perSecond' in rate) return { ratePerSecond: rate.perSecond, why: 'fixed by the scenario' };
  const file = await cacheFile({ ...key, requests: plan.requests });
  let capacity = await kept(file);
  if (capacity === undefined && original) {
    capacity = await measureCapacity(plan, entry, extent);
    writeFileAtomic(file, JSON.stringify({ ...key, cpu: cpus()[0]?.model, capacity }));
  }
  const wanted = (capacity ?? 0) * rate.timesFlawedCapacity;
  const ratePerSecond = Math.round(Math.min(rate.atMost, Math.max(rate.atLeast, wanted)));
  const measured = capacity === undefined ? 'not measured' : `${capacity.toFixed(0)}/s`;
  return {
    ratePerSecond,
    why: `${rate.timesFlawedCapacity} x the handed-out app's capacity (${measured}), between ${rate.atLeast} and ${rate.atMost}/s`,
  };
}

async function cacheFile(key: CapacityKey & Pick<LoadPlan, 'requests'>): Promise<string> {
  const machine = cpus().map((cpu) => cpu.model);
  const name = createHash('sha256')
    .update(JSON.stringify([key, extent, machine, process.version]))
    .digest('hex')
    .slice(0, 24);
  const folder = join(cacheDirectory(), 'capacity');
  await mkdir(folder, { recursive: true });
  return join(folder, `${name}.json`);
}

async function kept(file: string): Promise<number | undefined> {
  try {
    const { capacity } = JSON.parse(await readFile(file, 'utf8')) as { capacity?: unknown };
    return typeof capacity === 'number' ? capacity : undefined;
  } catch {
    return undefined;
  }
}
