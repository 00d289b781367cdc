import type { LoadReading } from '../domain/evidence.ts';
import type { LoadEngine, LoadSample } from '../domain/load.ts';
import type { LoadPlan } from '../domain/workload.ts';
import type { Spacing } from '../engines/arrivals.ts';
import { createEmbeddedEngine } from '../engines/embedded/embedded-engine.ts';
import { loadReading } from '../engines/load-reading.ts';
import { sleep } from '../platform/clock.ts';

/** A plan such as scenarios have: two kinds of requests, rows drawn for each. */
export function benchPlan(maxInFlight: number): LoadPlan {
  return {
    requests: [
      { name: 'list', method: 'GET', path: '/orders?account={account.id}', weight: 1 },
      { name: 'read', method: 'GET', path: '/accounts/{account.id}', weight: 3 },
    ],
    pools: { account: { draw: 'zipf', rows: Array.from({ length: 2000 }, (_, index) => ({ id: index + 1 })) } },
    seed: 1,
    timeoutMs: 10_000,
    maxInFlight,
  };
}

export interface Played<T> {
  /** Of all the time that was played, without what led in. */
  readonly reading: LoadReading;
  /** Of the time between two marks. */
  between(from: number, to: number): LoadReading;
  readonly result: T;
}

/**
 * Plays the plan at `ratePerSecond` while `meanwhile` lasts, leaving out `leadInMs` before it. `meanwhile` may ask for marks.
 * @param by an engine, or how the embedded one is to space arrivals
 */
export async function play<T>(
  plan: LoadPlan,
  ratePerSecond: number,
  target: URL,
  by: Spacing | LoadEngine,
  leadInMs: number,
  meanwhile: (mark: () => Promise<number>) => Promise<T>,
): Promise<Played<T>> {
  const engine = typeof by === 'string' ? createEmbeddedEngine(by) : by;
  const prepared = await engine.prepare(plan, target);
  const samples: LoadSample[] = [];
  let from: number;
  let to: number;
  let result: T;
  try {
    const load = await prepared.start(ratePerSecond);
    const collected = (async () => {
      for await (const sample of load.samples) samples.push(sample);
    })();
    await sleep(leadInMs);
    from = await load.mark();
    result = await meanwhile(load.mark);
    to = await load.mark();
    await load.stop();
    await collected;
  } finally {
    await prepared.discard();
  }
  const between = (since: number, until: number) =>
    loadReading(samples.filter((sample) => sample.from >= since && sample.to <= until));
  return { reading: between(from, to), between, result };
}
