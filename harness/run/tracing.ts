import { join } from 'node:path';
import type { Journal } from '../domain/journal.ts';
import { startTraceReceiver } from '../meters/traces/trace-receiver.ts';
import type { AppEnvironment } from './app-process.ts';
import { tracesFile } from './run-directory.ts';

/** The app's tracing in one run, switched on. */
interface Tracing {
  /** What the app's processes are told. */
  readonly environment: AppEnvironment;
  close(): Promise<void>;
}

/** The share of requests that is traced. What it costs the app is measured by `npm run bench -- tracing`. */
const tracedShare = 0.03;

/**
 * Has the app send its traces to the run's directory, or, when `env` names an OTLP endpoint of the user's, there: with everything else that `env`
 * says to OpenTelemetry.
 */
export async function startTracing(
  directory: string,
  journal: Journal,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Tracing> {
  const told = Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[0].startsWith('OTEL_')),
  );
  const sampling = {
    OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
    OTEL_TRACES_SAMPLER_ARG: told.OTEL_TRACES_SAMPLER_ARG || String(tracedShare),
  };
  const share = Number(sampling.OTEL_TRACES_SAMPLER_ARG);
  const given = told.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (given) {
    journal.write({ type: 'tracing.started', endpoint: given, kept: false, share });
    return { environment: { ...told, ...sampling }, close: async () => {} };
  }
  const receiver = await startTraceReceiver(join(directory, tracesFile));
  journal.write({ type: 'tracing.started', endpoint: receiver.url, kept: true, share });
  return {
    environment: { ...sampling, OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url },
    close: () => receiver.close(),
  };
}
