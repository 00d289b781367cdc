import type { LoadReading } from '../domain/evidence.ts';
import type { LoadSample } from '../domain/load.ts';
import type { LoadPlan } from '../domain/workload.ts';
import type { Spacing } from '../engines/arrivals.ts';
import { createEmbeddedEngine } from '../engines/embedded/embedded-engine.ts';
import { loadReading } from '../engines/load-reading.ts';

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

/** Plays the plan at `ratePerSecond` while `meanwhile` lasts, leaving out `leadInMs` before it; resolves with the reading of that time and what `meanwhile` gave. */
export async function play<T>(
  plan: LoadPlan,
  ratePerSecond: number,
  target: URL,
  spacing: Spacing,
  leadInMs: number,
  meanwhile: () => Promise<T>,
): Promise<{ readonly reading: LoadReading; readonly result: T }> {
  const prepared = await createEmbeddedEngine(spacing).prepare(plan, target);
  const load = await prepared.start(ratePerSecond);
  const samples: LoadSample[] = [];
  const collected = (async () => {
    for await (const sample of load.samples) samples.push(sample);
  })();
  await new Promise((resolve) => setTimeout(resolve, leadInMs));
  const from = await load.mark();
  const result = await meanwhile();
  const to = await load.mark();
  await load.stop();
  await collected;
  return { reading: loadReading(samples.filter((sample) => sample.from >= from && sample.to <= to)), result };
}
