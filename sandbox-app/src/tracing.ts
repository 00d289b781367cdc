import Module, { createRequire } from 'node:module';
import { context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { ExpressInstrumentation, ExpressLayerType } from '@opentelemetry/instrumentation-express';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { IORedisInstrumentation } from '@opentelemetry/instrumentation-ioredis';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';
import { detectResources, envDetector } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { samplerFrom } from './platform/trace-sampler.ts';

// Preloaded (`node --import`) before the app, so that what the app imports is instrumented already.
if (process.env.OTEL_EXPORTER_OTLP_ENDPOINT) startTracing();

function startTracing(): void {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(
    new BasicTracerProvider({
      resource: detectResources({ detectors: [envDetector] }),
      sampler: samplerFrom(process.env),
      spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter(), { scheduledDelayMillis: 1_000 })],
    }),
  );
  instrument();
}

/**
 * Instruments the packages themselves rather than the module loader: they are CommonJS, so one `require` here is what every later `import`
 * gets, and starting takes a third of the time that hooks need, which look at every module the process loads.
 */
function instrument(): void {
  const plainRequire = Module.prototype.require;
  const enabled = false;
  const instrumentations = [
    new HttpInstrumentation({
      enabled,
      disableOutgoingRequestInstrumentation: true,
      ignoreIncomingRequestHook: ({ url }) => url === '/healthz' || url === '/readyz' || url === '/metrics',
    }),
    new ExpressInstrumentation({ enabled, ignoreLayersType: [ExpressLayerType.MIDDLEWARE, ExpressLayerType.ROUTER] }),
    new PgInstrumentation({ enabled, requireParentSpan: true }),
    new IORedisInstrumentation({ enabled, requireParentSpan: true, dbStatementSerializer: commandAndKey }),
  ];
  // Calls to our partners: undici reports them by itself, nothing needs to be patched.
  new UndiciInstrumentation({ requireParentforSpans: true });
  // Making an instrumentation has replaced this already, for everybody.
  Module.prototype.require = plainRequire;

  const require = createRequire(import.meta.url);
  for (const { name, patch } of instrumentations.flatMap((each) => each.getModuleDefinitions())) {
    patch?.(require(name));
  }
}

/** What a Redis command was about, without values: they can be long, and personal. */
function commandAndKey(command: string, args: readonly unknown[]): string {
  return args.length === 0 ? command : `${command} ${String(args[0]).slice(0, 80)}`;
}
