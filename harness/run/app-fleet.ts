import { join } from 'node:path';
import { ExitCode, environmentError, GamedayError, messageOf, usageError } from '../domain/errors.ts';
import type { Journal } from '../domain/journal.ts';
import type { AppFleet, AppProcess } from '../domain/sandbox.ts';
import { sleep, until } from '../platform/clock.ts';
import type { Balancer } from '../platform/network/network.ts';
import { freePort } from '../platform/ports.ts';
import { type ManagedProcess, startProcess } from '../platform/processes.ts';
import type { AppBuild } from './build-app.ts';

/** What every process of the app is told through its environment. */
export type AppEnvironment = Readonly<Record<string, string>>;

export interface FleetOptions {
  readonly balancer: Balancer;
  readonly environment: AppEnvironment;
  /** Where `<process>.log` files go. */
  readonly logDirectory: string;
  readonly journal: Journal;
  readonly replicas: number;
}

export interface SupervisedFleet extends AppFleet {
  /** Applies migrations that are not yet applied; the names of those that were. Throws `MIGRATION_FAILED` with what the migrator said. */
  migrate(build: AppBuild): Promise<readonly string[]>;
  /** Starts every process of this build. Throws `APP_UNHEALTHY` with the last lines of its log when one does not get ready. */
  start(build: AppBuild): Promise<void>;
  /** Replaces process by process, each new one healthy before its predecessor stops. Throws `APP_UNHEALTHY`, with the old version still serving. */
  roll(build: AppBuild): Promise<void>;
  /** Stops everything. Idempotent. */
  stop(): Promise<void>;
}

interface Slot {
  readonly name: string;
  readonly role: 'api' | 'worker';
  current: Incarnation | undefined;
}

/** One start of a slot: replicas keep their name over restarts, the balancer tells incarnations apart. */
interface Incarnation {
  readonly process: ManagedProcess;
  readonly port: number;
  readonly backend: string;
  readonly build: AppBuild;
  /** Set before we end it ourselves, so that its exit is not taken for a crash. */
  planned: boolean;
}

const readyTimeoutMs = 10_000;
const stopGraceMs = 5_000;
const preload = join(import.meta.dirname, 'clock-shift.mjs');

/** Supervises the app: `replicas` API processes behind the balancer and one worker. A process that dies is started again, as a platform would. */
export function createFleet(options: FleetOptions): SupervisedFleet {
  const slots: Slot[] = [
    ...Array.from({ length: options.replicas }, (_, i) => ({
      name: `api-${i + 1}`,
      role: 'api' as const,
      current: undefined,
    })),
    { name: 'worker-1', role: 'worker', current: undefined },
  ];
  let incarnations = 0;
  let clockShiftMs = 0;
  let stopping = false;

  async function launch(slot: Slot, build: AppBuild): Promise<Incarnation> {
    const port = await freePort();
    const child = startProcess({
      name: slot.name,
      command: process.execPath,
      args: ['--enable-source-maps', '--import', preload, slot.role === 'api' ? build.api : build.worker],
      cwd: build.directory,
      env: {
        ...options.environment,
        NODE_ENV: 'production',
        PORT: String(port),
        INSTANCE: slot.name,
        CLOCK_SHIFT_MS: String(clockShiftMs),
      },
      ipc: true,
      logFile: join(options.logDirectory, `${slot.name}.log`),
    });
    const incarnation: Incarnation = {
      process: child,
      port,
      backend: `${slot.name}#${++incarnations}`,
      build,
      planned: false,
    };
    options.journal.write({ type: 'app.started', process: slot.name, pid: child.pid });
    void child.exited.then(({ code, signal }) => {
      options.journal.write({
        type: 'app.exited',
        process: slot.name,
        pid: child.pid,
        code,
        signal,
        planned: incarnation.planned,
      });
      if (!incarnation.planned && slot.current === incarnation) void restart(slot, incarnation);
    });
    try {
      await untilReady(incarnation, slot.role === 'api' ? '/readyz' : '/healthz');
    } catch (error) {
      await end(incarnation);
      throw new GamedayError({
        code: 'APP_UNHEALTHY',
        message: `${slot.name} did not get ready: ${messageOf(error)}\n${child.tail()}`.trim(),
        hint: 'Repair the app and deploy again; `gameday logs` shows all it said.',
        exitCode: ExitCode.usage,
        cause: error,
      });
    }
    return incarnation;
  }

  async function untilReady({ process: child, port }: Incarnation, path: string): Promise<void> {
    let exit: string | undefined;
    void child.exited.then(({ code, signal }) => {
      exit = `it exited with ${signal ?? `code ${code}`}`;
    });
    await until(
      `${child.name} to answer ${path}`,
      async () => {
        if (exit !== undefined) return { exit };
        const answer = await fetch(`http://127.0.0.1:${port}${path}`, { signal: AbortSignal.timeout(2_000) }).catch(
          () => undefined,
        );
        await answer?.body?.cancel();
        return answer?.ok ? {} : undefined;
      },
      { timeoutMs: readyTimeoutMs, everyMs: 15 },
    ).then((result: { exit?: string }) => {
      if (result.exit !== undefined) throw environmentError('APP_EXITED', result.exit);
    });
  }

  /** Puts a new incarnation in a slot. Resolves once it serves; its predecessor finishes what it has begun meanwhile (`retired`). */
  async function replace(slot: Slot, build: AppBuild): Promise<{ readonly retired: Promise<void> }> {
    const next = await launch(slot, build);
    const previous = slot.current;
    slot.current = next;
    if (slot.role === 'api') await options.balancer.add(next.backend, addressOf(next));
    return { retired: previous === undefined ? Promise.resolve() : retire(slot, previous) };
  }

  async function retire(slot: Slot, incarnation: Incarnation): Promise<void> {
    if (slot.role === 'api') await options.balancer.drain(incarnation.backend);
    await end(incarnation);
    if (slot.role === 'api') await options.balancer.remove(incarnation.backend);
  }

  async function end(incarnation: Incarnation): Promise<void> {
    incarnation.planned = true;
    await incarnation.process.stop({ signal: 'SIGTERM', graceMs: stopGraceMs });
  }

  /** Starts a crashed process again, with a pause that grows so that a crash loop does not eat the machine. */
  async function restart(slot: Slot, dead: Incarnation): Promise<void> {
    if (slot.role === 'api') await options.balancer.remove(dead.backend);
    for (let pause = 50; !stopping && slot.current === dead; pause = Math.min(pause * 2, 5_000)) {
      await sleep(pause);
      try {
        const next = await launch(slot, dead.build);
        if (stopping || slot.current !== dead) return await end(next);
        slot.current = next;
        if (slot.role === 'api') await options.balancer.add(next.backend, addressOf(next));
      } catch {
        // Its exit and log are in the journal; the next round tries again.
      }
    }
  }

  const running = () => slots.filter((slot) => slot.current !== undefined) as (Slot & { current: Incarnation })[];

  return {
    entry: options.balancer.url,

    processes: (): readonly AppProcess[] =>
      running().map(({ name, current }) => ({
        name,
        pid: current.process.pid,
        url: `http://127.0.0.1:${current.port}`,
      })),

    async migrate(build) {
      const lines: string[] = [];
      const migrator = startProcess({
        name: 'migrate',
        command: process.execPath,
        args: ['--enable-source-maps', build.migrate],
        cwd: build.directory,
        env: { ...options.environment, INSTANCE: 'migrate', MIGRATIONS_DIR: build.migrations, PORT: '0' },
        logFile: join(options.logDirectory, 'migrate.log'),
        onLine: (line) => lines.push(line),
      });
      const { code, signal } = await migrator.exited;
      if (code !== 0) {
        throw usageError(
          'MIGRATION_FAILED',
          `The migration ended with ${signal ?? `code ${code}`}:\n${lines.slice(-8).join('\n')}`,
          'Repair the migration and deploy again.',
        );
      }
      return lines.flatMap((line) => /"migration":"([^"]+)"/.exec(line)?.[1] ?? []);
    },

    async start(build) {
      await Promise.all(slots.map((slot) => replace(slot, build)));
    },

    async roll(build) {
      const retiring: Promise<void>[] = [];
      const replaced: { readonly slot: Slot; readonly from: AppBuild }[] = [];
      try {
        for (const slot of running()) {
          const from = slot.current.build;
          retiring.push((await replace(slot, build)).retired);
          replaced.push({ slot, from });
        }
      } catch (error) {
        for (const { slot, from } of replaced.reverse()) retiring.push((await replace(slot, from)).retired);
        throw error;
      } finally {
        await Promise.all(retiring);
      }
    },

    async crash(name) {
      const slot = running().find((candidate) => candidate.name === name);
      if (slot === undefined)
        throw usageError(
          'PROCESS_UNKNOWN',
          `No process named ${name} is running.`,
          `Running: ${running()
            .map((s) => s.name)
            .join(', ')}`,
        );
      const oldPid = slot.current.process.pid;
      process.kill(oldPid, 'SIGKILL');
      const newPid = await until(
        `${name} to come back`,
        async () => slot.current.process.pid !== oldPid && slot.current.process.pid,
        { timeoutMs: readyTimeoutMs + 5_000, everyMs: 20 },
      );
      return { oldPid, newPid };
    },

    async shiftClocks(ms) {
      clockShiftMs += ms;
      for (const { current } of running()) current.process.send({ clockShiftMs });
    },

    async stop() {
      stopping = true;
      await Promise.all(
        slots.map(async (slot) => {
          const last = slot.current;
          slot.current = undefined;
          if (last !== undefined) await retire(slot, last);
        }),
      );
    },
  };
}

function addressOf({ port }: Incarnation): { readonly host: string; readonly port: number } {
  return { host: '127.0.0.1', port };
}
