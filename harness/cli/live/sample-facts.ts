import type { LiveSample } from '../../domain/journal.ts';
import { formatNumber } from '../../reports/format.ts';

/** The figures beside the latencies, one short phrase each; what no meter saw is left out. */
export function sampleFacts(sample: LiveSample): readonly string[] {
  const { statementsPerRequest, pool, cacheHitRate, queue, dropped } = sample;
  return [
    ...(statementsPerRequest === undefined ? [] : [`${formatNumber(statementsPerRequest)} statements/request`]),
    ...(pool === undefined ? [] : [`pool ${pool.total} (${pool.waiting} waiting)`]),
    ...(cacheHitRate === undefined ? [] : [`cache hits ${percent(cacheHitRate)}`]),
    ...(queue === undefined ? [] : [`queue ${queue.waiting} waiting, ${queue.active} active, ${queue.failed} failed`]),
    ...(dropped > 0 ? [`${formatNumber(dropped)} requests dropped`] : []),
  ];
}

/** A share from 0 to 1 as `0.3 %`. */
export function percent(share: number): string {
  return `${formatNumber(Math.round(share * 1000) / 10)} %`;
}
