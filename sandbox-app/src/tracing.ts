import { type IncomingMessage, Server } from 'node:http';
import Module, { createRequire } from 'node:module';
import { context, propagation, trace } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { ExpressInstrumentation, ExpressLayerType } from '@opentelemetry/instrumentation-express';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { IORedisInstrumentation } from '@opentelemetry/instrumentation-ioredis';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';
import { detectResources, envDetector } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { createTraceContext } from './platform/trace-context.ts';
import { onlyRequestsBegin, sampleRequests } from './platform/trace-sampler.ts';
import { traceWhere } from './platform/trace-where.ts';

const DEFAULT_SHARE = 0.1;
const PROBES: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics']);

/** Not `pg-pool`: once it has seen a traced request it counts every connection, traced or not, for metrics that we have already. */
const INSTRUMENTED: ReadonlySet<string> = new Set(['http', 'express', 'pg', 'ioredis']);

const require = createRequire(import.meta.url);

// Preloaded (`node --import`) before the app, so that what the app imports is instrumented already.
if (process.env.OTEL_EXPORTER_OTLP_ENDPOINT) startTracing();

function startTracing(): void {
  const { manager, processor, isTraced } = createTraceContext();
  context.setGlobalContextManager(manager);
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(
    new BasicTracerProvider({
      resource: detectResources({ detectors: [envDetector] }),
      sampler: onlyRequestsBegin,
      spanProcessors: [processor, new BatchSpanProcessor(new OTLPTraceExporter(), { scheduledDelayMillis: 1_000 })],
    }),
  );
  instrument();
  routeAround(isTraced);
}

/**
 * Instruments the packages themselves rather than the module loader: they are CommonJS, so one `require` here is what every later `import`
 * gets, and starting takes a third of the time that hooks need, which look at every module the process loads.
 */
function instrument(): void {
  const plainRequire = Module.prototype.require;
  const enabled = false;
  const instrumentations = [
    new HttpInstrumentation({ enabled, disableOutgoingRequestInstrumentation: true }),
    new ExpressInstrumentation({ enabled, ignoreLayersType: [ExpressLayerType.MIDDLEWARE, ExpressLayerType.ROUTER] }),
    // The server's log of slow statements then says which request they belong to.
    new PgInstrumentation({ enabled, addSqlCommenterCommentToQueries: true }),
    new IORedisInstrumentation({ enabled, dbStatementSerializer: commandAndKey }),
  ];
  // Calls to our partners: `fetch` reports them by itself, nothing needs to be patched.
  new UndiciInstrumentation({ requireParentforSpans: true });
  // Making an instrumentation has replaced this already, for everybody.
  Module.prototype.require = plainRequire;

  for (const { name, patch } of instrumentations.flatMap((each) => each.getModuleDefinitions())) {
    if (INSTRUMENTED.has(name)) patch?.(require(name));
  }
}

/**
 * Leads what is not traced around the instrumentations. Each of them would find out for itself that there is nothing to record, but not before it has looked at the
 * request or statement.
 */
function routeAround(isTraced: () => boolean): void {
  const isSampled = sampleRequests(Number(process.env.OTEL_TRACES_SAMPLER_ARG ?? DEFAULT_SHARE));
  traceWhere(
    Server.prototype,
    'emit',
    (event: string, request: IncomingMessage) =>
      event === 'request' && !PROBES.has(request.url ?? '') && isSampled(request),
  );

  const { Client } = require('pg') as typeof import('pg');
  const { Redis } = require('ioredis') as typeof import('ioredis');
  for (const method of ['query', 'connect']) traceWhere(Client.prototype, method, isTraced);
  for (const method of ['sendCommand', 'connect']) traceWhere(Redis.prototype, method, isTraced);

  // Express has a layer for each handler, instrumented as it is added.
  const { prototype: router } = (require('express') as typeof import('express')).Router;
  for (const method of ['use', 'route'] as const) {
    const add = router[method];
    router[method] = function (this: { stack: object[] }, ...args: unknown[]) {
      const added = add.apply(this, args);
      traceWhere(this.stack.at(-1)!, 'handle', isTraced);
      return added;
    };
  }
}

/** What a Redis command was about, without values: they can be long, and personal. */
function commandAndKey(command: string, args: readonly unknown[]): string {
  return args.length === 0 ? command : `${command} ${String(args[0]).slice(0, 80)}`;
}
