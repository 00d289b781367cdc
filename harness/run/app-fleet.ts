import { environmentError, usageError } from '../domain/errors.ts';
import type { Journal } from '../domain/journal.ts';
import type { StopPatience } from '../domain/load.ts';
import type { AppFleet, AppProcess } from '../domain/sandbox.ts';
import { sleep, until } from '../platform/clock.ts';
import type { Balancer } from '../platform/network/network.ts';
import type { ManagedProcess } from '../platform/processes.ts';
import { type AppPlace, runMigrations, startAppProcess, untilReady } from './app-process.ts';
import type { AppBuild } from './build-app.ts';

export interface FleetOptions extends AppPlace {
  readonly balancer: Balancer;
  readonly journal: Journal;
  readonly replicas: number;
}

export interface SupervisedFleet extends AppFleet {
  /** Applies migrations that are not yet applied; the names of those that were. Throws `MIGRATION_FAILED` with what the migrator said, also when `signal` ended it. */
  migrate(build: AppBuild, signal?: AbortSignal): Promise<readonly string[]>;
  /** Starts every process of this build. Throws `APP_UNHEALTHY` with the last lines of its log when one does not get ready. */
  start(build: AppBuild): Promise<void>;
  /**
   * Starts the new version beside the old one and, once all of it is healthy, replaces process by process. Resolves once the new ones serve; the
   * old ones finish what they have begun, for at most 5 seconds. Throws `APP_UNHEALTHY`, with nothing replaced.
   */
  roll(build: AppBuild): Promise<void>;
  /** Stops everything; waits at most a second, or `waitMs`, for what is still under way. Idempotent. */
  stop(patience?: StopPatience): Promise<void>;
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

/** A crashed process is back within this time, milliseconds, or something else is wrong. */
const comeBackMs = 15_000;
/** How long a process may take to finish what it has begun, milliseconds: when another takes its place, and when nothing of its work is kept. */
const retireGraceMs = 5_000;
const stopGraceMs = 1_000;

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
  const unready = new Set<Incarnation>();
  const retiring = new Map<Incarnation, Promise<void>>();

  async function launch(slot: Slot, build: AppBuild): Promise<Incarnation> {
    const { process, port } = await startAppProcess({ ...slot, build, clockShiftMs }, options);
    const incarnation: Incarnation = {
      process,
      port,
      backend: `${slot.name}#${++incarnations}`,
      build,
      planned: false,
    };
    const { name, pid } = process;
    options.journal.write({ type: 'app.started', process: name, pid });
    void process.exited.then((exit) => {
      options.journal.write({ type: 'app.exited', process: name, pid, ...exit, planned: incarnation.planned });
      if (!incarnation.planned && slot.current === incarnation) void restart(slot, incarnation);
    });
    unready.add(incarnation);
    try {
      await untilReady(process, port, slot.role === 'api' ? '/readyz' : '/healthz');
    } catch (error) {
      await end(incarnation);
      throw error;
    } finally {
      unready.delete(incarnation);
    }
    return incarnation;
  }

  /** Lets an incarnation that is ready serve in its slot; its predecessor finishes what it has begun. */
  async function take(slot: Slot, next: Incarnation): Promise<void> {
    const previous = slot.current;
    slot.current = next;
    if (slot.role === 'api') await options.balancer.add(next.backend, addressOf(next));
    if (previous === undefined) return;
    retiring.set(
      previous,
      retire(slot, previous).finally(() => retiring.delete(previous)),
    );
  }

  async function retire(slot: Slot, incarnation: Incarnation, graceMs = retireGraceMs): Promise<void> {
    if (slot.role === 'api') await options.balancer.drain(incarnation.backend);
    await end(incarnation, graceMs);
    if (slot.role === 'api') await options.balancer.remove(incarnation.backend);
  }

  async function end(incarnation: Incarnation, graceMs = retireGraceMs): Promise<void> {
    incarnation.planned = true;
    await incarnation.process.stop({ signal: 'SIGTERM', graceMs });
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

    migrate: (build, signal) => runMigrations(build, options, signal),

    async start(build) {
      await Promise.all(slots.map(async (slot) => take(slot, await launch(slot, build))));
    },

    async roll(build) {
      const serving = running();
      const launches = await Promise.allSettled(serving.map((slot) => launch(slot, build)));
      const failed = launches.find((launched) => launched.status === 'rejected');
      const ready = launches.flatMap((launched) => (launched.status === 'fulfilled' ? [launched.value] : []));
      if (failed || stopping) {
        await Promise.all(ready.map((next) => end(next)));
        throw (
          failed?.reason ?? environmentError('APP_STOPPED', 'The app was stopped while a new version was starting.')
        );
      }
      for (const [i, slot] of serving.entries()) await take(slot, ready[i]!);
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
        async () => stopping || (slot.current?.process.pid !== oldPid && slot.current?.process.pid),
        { timeoutMs: comeBackMs, everyMs: 20 },
      );
      if (newPid === true) throw environmentError('APP_STOPPED', `The app was stopped while ${name} was coming back.`);
      return { oldPid, newPid };
    },

    async shiftClocks(ms) {
      clockShiftMs += ms;
      for (const { current } of running()) current.process.send({ clockShiftMs });
    },

    async stop({ waitMs = stopGraceMs } = {}) {
      stopping = true;
      const ends = [...retiring].map(async ([incarnation, retired]) => {
        await end(incarnation, waitMs);
        await retired;
      });
      const lasts = slots.map(async (slot) => {
        const last = slot.current;
        slot.current = undefined;
        if (last !== undefined) await retire(slot, last, waitMs);
      });
      await Promise.all([...ends, ...lasts, ...[...unready].map((incarnation) => end(incarnation, waitMs))]);
    },
  };
}

function addressOf({ port }: Incarnation): { readonly host: string; readonly port: number } {
  return { host: '127.0.0.1', port };
}
