import { AsyncLocalStorage } from 'node:async_hooks';
import { context, createContextKey, ROOT_CONTEXT, SpanKind, TraceFlags, trace } from '@opentelemetry/api';
import { BasicTracerProvider, type Span } from '@opentelemetry/sdk-trace-base';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createTraceContext } from '../src/platform/trace-context.ts';
import { onlyRequestsBegin, sampleRequests } from '../src/platform/trace-sampler.ts';
import { traceWhere } from '../src/platform/trace-where.ts';
import { traceFields } from '../src/platform/traces.ts';

const caller = (flags: string) => ({
  headers: { traceparent: `00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-${flags}` },
});

describe('which requests are traced', () => {
  it('is as the caller says, and a share of the others', () => {
    expect([sampleRequests(0)(caller('01')), sampleRequests(1)(caller('00'))]).toEqual([true, false]);
    expect([sampleRequests(0)({ headers: {} }), sampleRequests(1)({ headers: {} })]).toEqual([false, true]);
    const sampled = Array.from({ length: 4_000 }, () => sampleRequests(0.25)({ headers: {} })).filter(Boolean).length;
    expect(sampled).toBeGreaterThan(800);
    expect(sampled).toBeLessThan(1_200);
  });

  it('does not depend on what happens in the background', () => {
    const { tracer } = tracing();
    const sampled = (kind: SpanKind) =>
      tracer.startSpan('root', { kind }, ROOT_CONTEXT).spanContext().traceFlags === TraceFlags.SAMPLED;
    expect([sampled(SpanKind.SERVER), sampled(SpanKind.INTERNAL), sampled(SpanKind.CONSUMER)]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('the context of a trace', () => {
  afterEach(() => context.disable());

  it('is there in all asynchronous work below a request, and nowhere else', async () => {
    const { tracer, manager } = tracing();
    context.setGlobalContextManager(manager);
    const key = createContextKey('untraced');
    const untraced = context.with(ROOT_CONTEXT.setValue(key, 1), async () => {
      await Promise.resolve();
      return context.active().getValue(key);
    });
    expect(await untraced).toBeUndefined();

    for (let request = 0; request < 2; request++) {
      const span = tracer.startSpan('request', { kind: SpanKind.SERVER }) as Span;
      const { traceId, spanId } = span.spanContext();
      const seen = await context.with(trace.setSpan(ROOT_CONTEXT, span), async () => {
        await new Promise((resolve) => setTimeout(resolve, 1));
        const during = traceFields();
        span.end();
        return [during, await Promise.resolve().then(traceFields)];
      });
      expect(seen).toEqual([
        { traceId, spanId },
        { traceId, spanId },
      ]);
      await new Promise((resolve) => setImmediate(resolve));
      expect(traceFields()).toEqual({});
    }
  });

  it('is over once nothing is traced any more, also for what was bound to it', async () => {
    const { tracer, manager, isTraced } = tracing();
    context.setGlobalContextManager(manager);
    const span = tracer.startSpan('request', { kind: SpanKind.SERVER });
    const within = trace.setSpan(ROOT_CONTEXT, span);
    const bound = context.bind(within, isTraced);
    expect([isTraced(), context.with(within, isTraced), bound()]).toEqual([false, true, true]);
    span.end();
    expect(bound()).toBe(false);
    await new Promise((resolve) => setImmediate(resolve));

    const enter = vi.spyOn(AsyncLocalStorage.prototype, 'run');
    expect([bound(), context.with(within, isTraced)]).toEqual([false, false]);
    expect(enter).not.toHaveBeenCalled();
    enter.mockRestore();
  });
});

describe('an instrumented method', () => {
  const plain = (error: string, _req: object, _res: object, _next: object) => `plain ${error}`;
  const traced = Object.assign((error: string) => `traced ${error}`, {
    __original: plain,
    __unwrap: () => {},
    __wrapped: true,
  });

  it('is called only where it is wanted, and looks like the method as it was', () => {
    const layer = { handle: traced as typeof plain };
    traceWhere(layer, 'handle', (error: string) => error === 'wanted');
    expect([layer.handle('wanted', {}, {}, {}), layer.handle('other', {}, {}, {})]).toEqual([
      'traced wanted',
      'plain other',
    ]);
    expect(layer.handle).toHaveLength(4);
  });

  it('has to be one', () => {
    expect(() => traceWhere({ handle: plain }, 'handle', () => true)).toThrow('handle is not instrumented');
  });
});

function tracing() {
  const { processor, ...rest } = createTraceContext();
  const provider = new BasicTracerProvider({ sampler: onlyRequestsBegin, spanProcessors: [processor] });
  return { ...rest, tracer: provider.getTracer('test') };
}
