import { environmentError } from '../domain/errors.ts';
import type { ProcessFigures } from '../domain/evidence.ts';
import type { Meter } from '../domain/meter.ts';
import type { Sandbox } from '../domain/sandbox.ts';
import { followAppMetrics } from './metrics-scraper.ts';
import { readProcessTree } from './process-tree.ts';
import { sampleEvery } from './sampling.ts';

const everyMs = 500;

/** What is known of one process id in this phase. */
interface Seen {
  readonly process: string;
  /** CPU time at the phase's start; 0 for a process that started later. */
  readonly cpuFrom: number;
  readonly cpuTo: number;
  readonly maxRssBytes: number;
}

/**
 * CPU time and memory of the app's processes, PostgreSQL (with its backends) and Redis, read every 500 ms and at every cut. A process that was
 * replaced during the phase is added up with its successor of the same name, up to its last reading.
 */
export const processesMeter: Meter<readonly ProcessFigures[]> = {
  name: 'processes',
  async start(sandbox) {
    let seen = new Map<number, Seen>();
    let lags = new Map<string, number>();
    const sample = async (first: boolean) => {
      await Promise.all(
        processesOf(sandbox).map(async ({ process, pid }) => {
          const use = await readProcessTree(pid);
          if (use === undefined) return;
          const before = seen.get(pid);
          seen.set(pid, {
            process,
            cpuFrom: before?.cpuFrom ?? (first ? use.cpuSeconds : 0),
            cpuTo: Math.max(before?.cpuTo ?? 0, use.cpuSeconds),
            maxRssBytes: Math.max(before?.maxRssBytes ?? 0, use.rssBytes),
          });
        }),
      );
    };
    /** The next phase goes on where this one's readings end. */
    const begin = () => {
      const running = new Set(processesOf(sandbox).map(({ pid }) => pid));
      const going = [...seen].filter(([pid]) => running.has(pid));
      seen = new Map(going.map(([pid, life]) => [pid, { ...life, cpuFrom: life.cpuTo, maxRssBytes: 0 }]));
      lags = new Map();
    };
    const follower = followAppMetrics(sandbox, ({ process, samples }) => {
      const lag = samples.find(({ name }) => name === 'nodejs_eventloop_lag_p99_seconds')?.value ?? 0;
      lags.set(process.name, Math.max(lags.get(process.name) ?? 0, lag * 1_000));
    });
    await sample(true);
    const sampling = sampleEvery(everyMs, () => sample(false));
    return {
      async cut() {
        await Promise.all([sample(false), follower.scrapeNow()]);
        const figures = figuresOf([...seen.values()], lags);
        begin();
        if (figures.length === 0) throw environmentError('METER_DEAD', 'no process of the sandbox could be read');
        return figures;
      },
      async stop() {
        await Promise.all([sampling.stop(), follower.stop()]);
      },
    };
  },
};

function processesOf(sandbox: Sandbox): readonly { readonly process: string; readonly pid: number }[] {
  const services = [
    { process: 'postgres', pid: sandbox.postgres.pid },
    { process: 'redis', pid: sandbox.redis.pid },
  ];
  const app = sandbox.app.processes().map(({ name, pid }) => ({ process: name, pid }));
  return [...app, ...services].flatMap(({ process, pid }) => (pid === undefined ? [] : [{ process, pid }]));
}

function figuresOf(seen: readonly Seen[], lags: ReadonlyMap<string, number>): readonly ProcessFigures[] {
  return [...new Set(seen.map(({ process }) => process))].sort().map((process) => {
    const lives = seen.filter((life) => life.process === process);
    const lag = lags.get(process);
    return {
      process,
      cpuSeconds: lives.reduce((sum, life) => sum + life.cpuTo - life.cpuFrom, 0),
      maxRssBytes: Math.max(...lives.map((life) => life.maxRssBytes)),
      ...(lag !== undefined && { eventLoopLagP99Ms: lag }),
    };
  });
}
