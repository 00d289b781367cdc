import { join } from 'node:path';
import { ExitCode, GamedayError, messageOf, usageError } from '../domain/errors.ts';
import { until } from '../platform/clock.ts';
import { compiledCodeDirectory } from '../platform/compiled-code.ts';
import type { CommandLine, Confinement } from '../platform/confinement.ts';
import { freePort } from '../platform/ports.ts';
import { exitOrStop, type ManagedProcess, startProcess } from '../platform/processes.ts';
import type { AppBuild } from './build-app.ts';

/** What every process of the app is told through its environment. */
export type AppEnvironment = Readonly<Record<string, string>>;

/** Where and how a process of the app is started. */
export interface AppPlace {
  readonly environment: AppEnvironment;
  /** Where `<process>.log` files go. */
  readonly logDirectory: string;
  /** Keeps the app's processes away from everything else, when it is a stranger's. Its build must be self-contained. */
  readonly confinement?: Confinement;
}

const readyTimeoutMs = 10_000;
const migratorGraceMs = 500;

/** Starts one process of the app on a free port of 127.0.0.1, its clock `clockShiftMs` milliseconds ahead. It may not be ready yet. */
export async function startAppProcess(
  {
    name,
    role,
    build,
    clockShiftMs,
  }: {
    readonly name: string;
    readonly role: 'api' | 'worker';
    readonly build: AppBuild;
    readonly clockShiftMs: number;
  },
  { environment, logDirectory, confinement }: AppPlace,
): Promise<{ readonly process: ManagedProcess; readonly port: number }> {
  const port = await freePort();
  const traced = environment.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined;
  const preloads = [build.clockShift, ...(traced ? [build.tracing] : [])];
  const args = ['--enable-source-maps', ...preloads.flatMap((file) => ['--import', file]), build[role]];
  const process = startProcess({
    name,
    ...nodeOf(build, args, confinement),
    cwd: build.directory,
    env: {
      ...environment,
      NODE_ENV: 'production',
      ...(confinement === undefined && { NODE_COMPILE_CACHE: compiledCodeDirectory() }),
      PORT: String(port),
      INSTANCE: name,
      OTEL_SERVICE_NAME: `tradepost-${role}`,
      OTEL_RESOURCE_ATTRIBUTES: `service.instance.id=${name}`,
      CLOCK_SHIFT_MS: String(clockShiftMs),
    },
    ipc: true,
    logFile: join(logDirectory, `${name}.log`),
  });
  return { process, port };
}

function nodeOf({ directory }: AppBuild, args: readonly string[], confinement: Confinement | undefined): CommandLine {
  const node = { command: process.execPath, args };
  return confinement?.confine(node, directory) ?? node;
}

/** Resolves once the process answers `path` with success. Throws `APP_UNHEALTHY` with the last lines of its output when it ends or takes over 10 s. */
export async function untilReady(process: ManagedProcess, port: number, path: string): Promise<void> {
  const ended = process.exited.then(({ code, signal }) => {
    throw new Error(`it exited with ${signal ?? `code ${code}`}`);
  });
  const ready = async () => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { signal: AbortSignal.timeout(2_000) }).catch(
      () => undefined,
    );
    await answer?.body?.cancel();
    return answer?.ok || !process.running();
  };
  try {
    await Promise.race([
      ended,
      until(`${process.name} to answer ${path}`, ready, { timeoutMs: readyTimeoutMs, everyMs: 40 }),
    ]);
    if (!process.running()) await ended;
  } catch (error) {
    throw new GamedayError({
      code: 'APP_UNHEALTHY',
      message: `${process.name} did not get ready: ${messageOf(error)}\n${process.tail()}`.trim(),
      hint: 'Repair the app and deploy again; `gameday logs` shows all it said.',
      exitCode: ExitCode.usage,
      cause: error,
    });
  }
}

/** Applies migrations that are not yet applied; the names of those that were. Throws `MIGRATION_FAILED` with what the migrator said, also when `signal` ended it. */
export async function runMigrations(
  build: AppBuild,
  { environment, logDirectory, confinement }: AppPlace,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const lines: string[] = [];
  const migrator = startProcess({
    name: 'migrate',
    ...nodeOf(build, ['--enable-source-maps', build.migrate], confinement),
    cwd: build.directory,
    env: { ...environment, INSTANCE: 'migrate', MIGRATIONS_DIR: build.migrations },
    logFile: join(logDirectory, 'migrate.log'),
    onLine: (line) => lines.push(line),
  });
  const exit = await exitOrStop(migrator, signal, { graceMs: migratorGraceMs });
  if (exit.code !== 0) {
    throw usageError(
      'MIGRATION_FAILED',
      `The migration ended with ${exit.signal ?? `code ${exit.code}`}:\n${lines.slice(-8).join('\n')}`,
      'Repair the migration and deploy again.',
    );
  }
  return lines.flatMap((line) => /"migration":"([^"]+)"/.exec(line)?.[1] ?? []);
}
