import { isSpanContextValid, ProxyTracerProvider, SpanKind, TraceFlags, trace } from '@opentelemetry/api';

/** The ids of the span that is being recorded, for log lines; nothing when this request is not in the sample. */
export function traceFields(): { traceId?: string; spanId?: string } {
  const span = trace.getActiveSpan()?.spanContext();
  if (span === undefined || !isSpanContextValid(span) || (span.traceFlags & TraceFlags.SAMPLED) === 0) return {};
  return { traceId: span.traceId, spanId: span.spanId };
}

/** A wait for something outside this process, as a span of its own where the request is traced. Elsewhere it costs not even a promise. */
export function waitInSpan<T>(name: string, wait: Promise<T>): Promise<T> {
  return trace.getActiveSpan()?.isRecording() ? recordWait(name, wait) : wait;
}

async function recordWait<T>(name: string, wait: Promise<T>): Promise<T> {
  const span = trace.getTracer('tradepost').startSpan(name, { kind: SpanKind.CLIENT });
  try {
    return await wait;
  } catch (error) {
    span.recordException(error as Error);
    throw error;
  } finally {
    span.end();
  }
}

/** Sends what is still waiting to be sent, if this process is traced. */
export async function flushTraces(): Promise<void> {
  const registered = trace.getTracerProvider();
  const provider = registered instanceof ProxyTracerProvider ? registered.getDelegate() : registered;
  await (provider as { forceFlush?(): Promise<void> }).forceFlush?.();
}
