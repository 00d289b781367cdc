import type { LoadMoment, LoadReading } from '../domain/evidence.ts';
import { failedRequests } from '../domain/failed-requests.ts';
import type { LiveSample } from '../domain/journal.ts';
import type { LoadSample, PreparedLoad, RunningLoad, StopPatience } from '../domain/load.ts';
import { loadReading } from '../engines/load-reading.ts';
import { until } from '../platform/clock.ts';
import type { BootedSandbox } from './boot.ts';

/** A running load with its samples added up per phase. */
export interface MeteredLoad {
  readonly running: RunningLoad;
  /** What was seen since the start or the last cut. Rejects when the engine has died. */
  cut(): Promise<LoadReading>;
  /** The newest second, for people who watch; undefined before the first and after the end. */
  live(): Pick<LiveSample, 'ratePerSecond' | 'errorRate' | 'requests' | 'dropped'> | undefined;
  /** Calls back for every sample from now on. */
  follow(listener: (sample: LoadSample) => void): void;
  /** Idempotent. What was seen can still be cut afterwards. */
  stop(patience?: StopPatience): Promise<void>;
}

/** A sample arrives at the latest this long after the mark that ended it, milliseconds. */
const sampleTimeoutMs = 5_000;

/** Starts a prepared load and lets faults and meters find it in the sandbox. */
export async function startMeteredLoad(
  prepared: PreparedLoad,
  ratePerSecond: number,
  sandbox: BootedSandbox,
): Promise<MeteredLoad> {
  const running = await prepared.start(ratePerSecond);
  sandbox.carryLoad(running);

  let uncut: LoadSample[] = [];
  let newest: LoadSample | undefined;
  const listeners: ((sample: LoadSample) => void)[] = [];
  let failure: unknown;
  let stopped: Promise<void> | undefined;
  const consumed = (async () => {
    try {
      for await (const sample of running.samples) {
        uncut.push(sample);
        newest = sample;
        for (const listener of listeners) listener(sample);
      }
    } catch (error) {
      failure = error;
    }
  })();

  return {
    running,
    async cut() {
      let end = Number.POSITIVE_INFINITY;
      if (stopped === undefined) {
        end = await running.mark();
        await until('the load engine to report', async () => failure !== undefined || (newest?.to ?? 0) >= end, {
          timeoutMs: sampleTimeoutMs,
          everyMs: 5,
        });
      } else await consumed;
      if (failure !== undefined) throw failure;
      const cut = uncut.filter((sample) => sample.to <= end);
      uncut = uncut.filter((sample) => sample.to > end);
      return { ...loadReading(cut), moments: cut.map(momentOf) };
    },
    live: () => (stopped === undefined && newest ? figuresOf(newest) : undefined),
    follow: (listener) => {
      listeners.push(listener);
    },
    stop(patience) {
      stopped ??= (async () => {
        sandbox.carryLoad(undefined);
        await running.stop(patience);
        await consumed;
      })();
      return stopped;
    },
  };
}

function momentOf(sample: LoadSample): LoadMoment {
  const { requests } = loadReading([sample]);
  const seen = Object.entries(requests).map(([name, figures]) => {
    const failed = failedRequests(figures);
    return [name, figures.max === 0 ? { failed } : { p95: figures.p95, failed }] as const;
  });
  return { from: sample.from, to: sample.to, requests: Object.fromEntries(seen) };
}

function figuresOf(sample: LoadSample): ReturnType<MeteredLoad['live']> {
  const reading = loadReading([sample]);
  const seconds = Math.max(reading.seconds, 0.001);
  const errors = failedRequests(reading.all) + reading.dropped;
  const requests = Object.entries(reading.requests).map(([name, figures]) => {
    const { ok, p50, p95, p99 } = figures;
    const failed = failedRequests(figures);
    return [name, { rate: (ok + failed) / seconds, p50, p95, p99, errors: failed }] as const;
  });
  return {
    ratePerSecond: reading.intended / seconds,
    errorRate: errors / Math.max(reading.all.ok + errors, 1),
    requests: Object.fromEntries(requests),
    dropped: reading.dropped,
  };
}
