import type { Span, Trace } from '../../domain/trace.ts';
import type { ReportedSpan } from './decode-otlp.ts';

export interface TraceLimits {
  /** The newest traces that are kept whatever they are. */
  readonly newest: number;
  /** Kept beyond those: the slowest of each route, by the time until the answer. */
  readonly slowestPerRoute: number;
  readonly spansPerTrace: number;
  /** Of all traces together, as they are written. */
  readonly bytes: number;
}

/** Bounded whatever an app reports: what does not fit is forgotten, oldest first, the slowest of each route last. */
export interface TraceStore {
  add(spans: readonly ReportedSpan[]): void;
  /** Each kept trace as one line of JSON, oldest first. */
  lines(): readonly string[];
  /** Goes up whenever something was added. */
  version(): number;
}

interface Kept {
  readonly id: string;
  readonly spans: Span[];
  root: Span | undefined;
  dropped: number;
  bytes: number;
  /** Forgotten when spans are added. */
  line: string | undefined;
}

const defaults: TraceLimits = { newest: 250, slowestPerRoute: 5, spansPerTrace: 1_000, bytes: 16 * 1024 * 1024 };
/** Ids of forgotten traces that are remembered, so that their late spans don't begin them anew as a fragment. */
const rememberedIds = 5_000;

/** An empty store. */
export function createTraceStore(limits: Partial<TraceLimits> = {}): TraceStore {
  const { newest, slowestPerRoute, spansPerTrace, bytes: maxBytes } = { ...defaults, ...limits };
  const traces = new Map<string, Kept>();
  const forgotten = new Set<string>();
  let bytes = 0;
  let version = 0;

  function put({ traceId, span }: ReportedSpan): void {
    if (forgotten.has(traceId)) return;
    const trace = traces.get(traceId) ?? emptyTrace(traceId);
    traces.set(traceId, trace);
    trace.line = undefined;
    if (trace.spans.length >= spansPerTrace) {
      trace.dropped += 1;
      return;
    }
    trace.spans.push(span);
    if (span.parent === undefined) trace.root ??= span;
    const size = JSON.stringify(span).length;
    trace.bytes += size;
    bytes += size;
  }

  function forget({ id, bytes: size }: Kept): void {
    traces.delete(id);
    bytes -= size;
    forgotten.add(id);
    if (forgotten.size > rememberedIds) forgotten.delete(forgotten.values().next().value!);
  }

  function shrink(): void {
    const old = [...traces.values()].slice(0, -newest);
    if (old.length === 0 && bytes <= maxBytes) return;
    const slowest = slowestOf(traces.values(), slowestPerRoute);
    for (const trace of old) if (!slowest.has(trace)) forget(trace);
    const dispensable = [...traces.values()].sort((a, b) => Number(slowest.has(a)) - Number(slowest.has(b)));
    for (const trace of dispensable) {
      if (bytes <= maxBytes) break;
      forget(trace);
    }
  }

  return {
    add(spans) {
      for (const span of spans) put(span);
      shrink();
      version += 1;
    },
    lines: () =>
      [...traces.values()].map((trace) => {
        const { id, spans, dropped } = trace;
        trace.line ??= JSON.stringify({ id, spans, dropped } satisfies Trace);
        return trace.line;
      }),
    version: () => version,
  };
}

function emptyTrace(id: string): Kept {
  return { id, spans: [], root: undefined, dropped: 0, bytes: 0, line: undefined };
}

/** Routes are as many as the app has; an app that invents names gets no more than this many. */
const routesWatched = 50;

function slowestOf(traces: Iterable<Kept>, count: number): ReadonlySet<Kept> {
  const routes = new Map<string, { readonly trace: Kept; readonly ms: number }[]>();
  for (const trace of traces) {
    if (trace.root === undefined) continue;
    const { name, durationMs } = trace.root;
    const known = routes.get(name) ?? [];
    if (!routes.has(name) && routes.size < routesWatched) routes.set(name, known);
    known.push({ trace, ms: durationMs });
  }
  return new Set(
    [...routes.values()].flatMap((all) =>
      all
        .sort((a, b) => b.ms - a.ms)
        .slice(0, count)
        .map(({ trace }) => trace),
    ),
  );
}
