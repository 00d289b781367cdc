import { z } from 'zod';
import type { Span } from '../../domain/trace.ts';

/** A span and the trace it belongs to. */
export interface ReportedSpan {
  readonly traceId: string;
  readonly span: Span;
}

/** OTLP's JSON, as far as it is read: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding. 64-bit integers come as texts. */
const attributes = z
  .array(
    z.object({
      key: z.string(),
      value: z.object({
        stringValue: z.string().optional(),
        intValue: z.union([z.number(), z.string()]).optional(),
        doubleValue: z.number().optional(),
        boolValue: z.boolean().optional(),
      }),
    }),
  )
  .default([]);
const nanoseconds = z.union([z.string().regex(/^\d+$/), z.number()]);
const request = z.object({
  resourceSpans: z
    .array(
      z.object({
        resource: z.object({ attributes }).optional(),
        scopeSpans: z
          .array(
            z.object({
              spans: z
                .array(
                  z.object({
                    traceId: z.string().regex(/^[0-9a-f]{32}$/),
                    spanId: z.string(),
                    parentSpanId: z.string().optional(),
                    name: z.string(),
                    kind: z.number().default(1),
                    startTimeUnixNano: nanoseconds,
                    endTimeUnixNano: nanoseconds,
                    attributes,
                    events: z.array(z.object({ name: z.string(), attributes })).default([]),
                    status: z.object({ code: z.number().default(0), message: z.string().default('') }).optional(),
                  }),
                )
                .default([]),
            }),
          )
          .default([]),
      }),
    )
    .default([]),
});

type Attributes = z.infer<typeof attributes>;
type OtlpSpan = z.infer<typeof request>['resourceSpans'][number]['scopeSpans'][number]['spans'][number];

/** OTLP's numbers of span kinds and of the status "error". */
const kinds = ['internal', 'internal', 'server', 'client', 'producer', 'consumer'] as const;
const errorStatus = 2;
const longestText = 2_000;
/** What tells something about a request: addresses of sockets and names of libraries would take up most of the room. */
const telling = /^(http\.|url\.|db\.(system\.name|query\.text)$|error\.type$|bullmq\.|express\.type$)/;

/** The spans of one OTLP/HTTP request body. Throws when it is none. */
export function decodeOtlp(body: unknown): readonly ReportedSpan[] {
  return request.parse(body).resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const named = record(resource?.attributes ?? []);
    const process = String(named['service.instance.id'] ?? named['service.name'] ?? 'unknown');
    return scopeSpans.flatMap(({ spans }) =>
      spans.map((span) => ({ traceId: span.traceId, span: decoded(span, process) })),
    );
  });
}

function decoded(span: OtlpSpan, process: string): Span {
  const startMs = milliseconds(span.startTimeUnixNano);
  const error = errorOf(span);
  return {
    id: span.spanId,
    ...(span.parentSpanId && { parent: span.parentSpanId }),
    name: cut(span.name),
    kind: kinds[span.kind] ?? 'internal',
    process,
    startMs,
    durationMs: Math.max(0, milliseconds(span.endTimeUnixNano) - startMs),
    attributes: record(span.attributes.filter(({ key }) => telling.test(key))),
    ...(error !== undefined && { error: cut(error) }),
  };
}

/** A library that records an exception need not set the status. */
function errorOf({ status, events }: OtlpSpan): string | undefined {
  const exception = events.find(({ name }) => name === 'exception');
  const said = String(record(exception?.attributes ?? [])['exception.message'] ?? '');
  if (status?.code === errorStatus) return status.message || said || 'failed';
  return exception && (said || 'failed');
}

/** Microseconds are kept: a double has no room for the nanoseconds of our time. */
function milliseconds(unixNano: string | number): number {
  return Number(BigInt(unixNano) / 1_000n) / 1_000;
}

/** Lists and other composed values are left out. */
function record(from: Attributes): Record<string, string | number | boolean> {
  const entries = from.map(({ key, value }) => [key, plainValue(value)] as const);
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string | number | boolean] => entry[1] !== undefined),
  );
}

function plainValue(value: Attributes[number]['value']): string | number | boolean | undefined {
  if (value.stringValue !== undefined) return cut(value.stringValue);
  const number = value.intValue ?? value.doubleValue;
  return number === undefined ? value.boolValue : Number(number);
}

function cut(text: string): string {
  return text.length <= longestText ? text : `${text.slice(0, longestText)}…`;
}
