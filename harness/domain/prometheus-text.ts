/** One line of a scrape. */
export interface MetricSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** One metric with all its series. The samples of a histogram carry the suffixes `_bucket`, `_sum` and `_count` themselves. */
export interface MetricFamily {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  /** One line without backslashes. */
  readonly help: string;
  readonly samples: readonly MetricSample[];
}

const line = /^([A-Za-z_:][\w:]*)(?:\{(.*)\})?[ \t]+([-+]?(?:Inf|[\d.]+(?:[eE][-+]?\d+)?)|NaN)(?:[ \t]+-?\d+)?$/;
const label = /([A-Za-z_]\w*)="((?:[^"\\]|\\.)*)"/g;

/**
 * Parses the Prometheus text exposition format, version 0.0.4 (https://prometheus.io/docs/instrumenting/exposition_formats/). Comments and
 * lines that are not samples are skipped.
 */
export function parseMetrics(text: string): readonly MetricSample[] {
  const samples: MetricSample[] = [];
  for (const row of text.split('\n')) {
    const match = row.startsWith('#') ? null : line.exec(row);
    if (match === null) continue;
    samples.push({ name: match[1]!, labels: parseLabels(match[2] ?? ''), value: parseValue(match[3]!) });
  }
  return samples;
}

function parseLabels(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  for (const [, name, value] of text.matchAll(label)) {
    labels[name!] = value!.replace(/\\(.)/g, (_, character: string) => (character === 'n' ? '\n' : character));
  }
  return labels;
}

function parseValue(text: string): number {
  if (text === '+Inf') return Number.POSITIVE_INFINITY;
  if (text === '-Inf') return Number.NEGATIVE_INFINITY;
  return Number(text);
}

/** Families in the same format. A family without samples is left out: nothing is known about it. */
export function renderMetrics(families: readonly MetricFamily[]): string {
  return families
    .filter(({ samples }) => samples.length > 0)
    .map(({ name, type, help, samples }) => {
      const rows = samples.map(
        (sample) => `${sample.name}${renderLabels(sample.labels)} ${renderValue(sample.value)}\n`,
      );
      return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${rows.join('')}`;
    })
    .join('');
}

function renderLabels(labels: MetricSample['labels']): string {
  const pairs = Object.entries(labels).map(([name, value]) => {
    const escaped = value.replace(/[\\"\n]/g, (character) => (character === '\n' ? '\\n' : `\\${character}`));
    return `${name}="${escaped}"`;
  });
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function renderValue(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return '+Inf';
  if (value === Number.NEGATIVE_INFINITY) return '-Inf';
  return String(value);
}
