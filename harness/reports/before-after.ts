import type { Evidence } from '../domain/evidence.ts';
import { failedRequests } from '../domain/failed-requests.ts';
import type { JournalEvent, LiveSample } from '../domain/journal.ts';
import { median } from '../domain/median.ts';
import { beforeSubmission } from './run-summary.ts';

/** One measured quantity through the run; absent where it was not measured. */
export interface Comparison {
  readonly label: string;
  readonly unit: string;
  /** Live, in the incident before the first deploy. */
  readonly before: number | undefined;
  /** Live, in the incident after the last deploy. */
  readonly after: number | undefined;
  /** In the incident as it was played again for the verdict. */
  readonly hold: number | undefined;
}

/** Figures by label, in the order they are shown. */
type Figures = ReadonlyMap<string, { readonly unit: string; readonly value: number }>;

/** Seconds after a deploy in which old replicas are still being replaced: those samples belong to neither side. */
const rolloutMs = 5_000;

/** Medians of the one-second live samples around the deploys, beside what was measured for the verdict. */
export function compareFigures(events: readonly JournalEvent[], hold: Evidence | undefined): readonly Comparison[] {
  const live = beforeSubmission(events);
  const deploys = live.filter((event) => event.type === 'deploy.finished').map((event) => Date.parse(event.at));
  const between = (from: number, to: number) =>
    live.flatMap((event) => {
      if (event.type !== 'live.sampled' || event.sample.phase !== 'incident') return [];
      const at = Date.parse(event.at);
      return at >= from && at < to ? [event.sample] : [];
    });
  const last = deploys.at(-1);
  const before = ofSamples(between(0, deploys.at(0) ?? Number.POSITIVE_INFINITY));
  const after = ofSamples(last === undefined ? [] : between(last + rolloutMs, Number.POSITIVE_INFINITY));
  const held = ofEvidence(hold);
  return [...new Map([...held, ...after, ...before])].map(([label, { unit }]) => ({
    label,
    unit,
    before: before.get(label)?.value,
    after: after.get(label)?.value,
    hold: held.get(label)?.value,
  }));
}

function ofEvidence(evidence: Evidence | undefined): Figures {
  const figures = new Map<string, { unit: string; value: number }>();
  if (evidence === undefined) return figures;
  const { load, statements } = evidence.phases.incident;
  if (load.ok) {
    for (const [name, request] of Object.entries(load.value.requests)) {
      figures.set(`${name}: p95`, { unit: 'ms', value: request.p95 });
      figures.set(`${name}: p99`, { unit: 'ms', value: request.p99 });
    }
    const errors = failedRequests(load.value.all);
    const answered = load.value.all.ok + errors;
    if (answered > 0) figures.set('errors', { unit: '%', value: (100 * errors) / answered });
    if (statements.ok && answered > 0) {
      figures.set('statements per request', { unit: '', value: statements.value.calls / answered });
      figures.set('buffers per request', { unit: 'pages', value: statements.value.buffers / answered });
    }
  }
  return figures;
}

function ofSamples(samples: readonly LiveSample[]): Figures {
  const figures = new Map<string, { unit: string; value: number }>();
  const add = (label: string, unit: string, values: readonly (number | undefined)[]) => {
    const known = values.filter((value) => value !== undefined);
    if (known.length > 0) figures.set(label, { unit, value: median(known) });
  };
  for (const name of new Set(samples.flatMap((sample) => Object.keys(sample.requests)))) {
    add(
      `${name}: p95`,
      'ms',
      samples.map((sample) => sample.requests[name]?.p95),
    );
    add(
      `${name}: p99`,
      'ms',
      samples.map((sample) => sample.requests[name]?.p99),
    );
  }
  add(
    'errors',
    '%',
    samples.map((sample) => 100 * sample.errorRate),
  );
  add(
    'statements per request',
    '',
    samples.map((sample) => sample.statementsPerRequest),
  );
  add(
    'cache hit rate',
    '%',
    samples.map((sample) => (sample.cacheHitRate === undefined ? undefined : 100 * sample.cacheHitRate)),
  );
  return figures;
}
