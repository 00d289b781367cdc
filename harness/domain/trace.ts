/** What one process did for a while on behalf of a request or job. */
export interface Span {
  readonly id: string;
  /** Absent in the first span of a trace. */
  readonly parent?: string;
  readonly name: string;
  readonly kind: 'internal' | 'server' | 'client' | 'producer' | 'consumer';
  /** The process it happened in, for example `api-1`. */
  readonly process: string;
  /** Epoch milliseconds, with fractions. */
  readonly startMs: number;
  readonly durationMs: number;
  /** Named by OpenTelemetry's semantic conventions, https://opentelemetry.io/docs/specs/semconv/. */
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
  /** What went wrong, where something did. */
  readonly error?: string;
}

/** Everything that happened because of one request, in every process, in the order in which it was reported. */
export interface Trace {
  readonly id: string;
  readonly spans: readonly Span[];
  /** Spans beyond what is kept of one trace. */
  readonly dropped: number;
}

/** Where a trace began, as far as its spans have arrived. */
export function rootOf({ spans }: Trace): Span | undefined {
  return spans.find(({ parent }) => parent === undefined);
}

/** The statement a span sent to the database, on one line. */
export function statementOf({ attributes }: Span): string | undefined {
  if (attributes['db.system.name'] !== 'postgresql') return undefined;
  const text = attributes['db.query.text'];
  return typeof text === 'string' ? text.replace(/\s+/g, ' ').trim() : undefined;
}
