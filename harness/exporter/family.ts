import type { MetricFamily, MetricSample } from '../domain/prometheus-text.ts';

/** A value and what tells it from the others of its family. */
export type Series = readonly [labels: MetricSample['labels'], value: number];

/** A counter or gauge made of its series. */
export function family(type: 'counter' | 'gauge', name: string, help: string, series: readonly Series[]): MetricFamily {
  return { name, type, help, samples: series.map(([labels, value]) => ({ name, labels, value })) };
}
