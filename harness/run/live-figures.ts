import type { Journal, LiveSample } from '../domain/journal.ts';
import type { RunningMeter } from '../domain/meter.ts';
import type { Sandbox } from '../domain/sandbox.ts';
import type { Exporter } from '../exporter/exporter.ts';
import { activityMeter } from '../meters/activity.ts';
import { appMetricsMeter } from '../meters/app-metrics.ts';
import { queuesMeter } from '../meters/queues.ts';
import { statementsMeter } from '../meters/statements.ts';
import { tablesMeter } from '../meters/tables.ts';
import type { MeteredLoad } from './metered-load.ts';

const everyMs = 1_000;

export interface LiveFigures {
  stop(): Promise<void>;
}

/**
 * Writes one `live.sampled` event per second: what the load engine saw, beside what app, queues and database say. A dead source is left out.
 * @param exporter is told what load engine and database say, too
 */
export async function startLiveFigures(
  sandbox: Sandbox,
  load: MeteredLoad,
  journal: Journal,
  phase: () => string,
  exporter: Pick<Exporter, 'load' | 'read'>,
): Promise<LiveFigures> {
  load.follow(exporter.load);
  const [app, queues, statements, tables, activity] = await Promise.all([
    startQuietly(appMetricsMeter.start(sandbox)),
    startQuietly(queuesMeter.start(sandbox)),
    startQuietly(statementsMeter.start(sandbox)),
    startQuietly(tablesMeter.start(sandbox)),
    startQuietly(activityMeter.start(sandbox)),
  ]);
  let busy = false;

  async function sample(): Promise<void> {
    if (busy) return;
    busy = true;
    try {
      const figures = load.live();
      const [metrics, counts, work, scans, sessions] = await Promise.all([
        cutQuietly(app),
        cutQuietly(queues),
        cutQuietly(statements),
        cutQuietly(tables),
        cutQuietly(activity),
      ]);
      exporter.read({
        ...(work && { statements: work }),
        ...(scans && { tables: scans }),
        ...(sessions && { activity: sessions }),
      });
      if (figures === undefined) return;
      const answered = Object.values(figures.requests).reduce((sum, request) => sum + request.rate, 0);
      const cache = Object.values(metrics?.caches ?? {}).reduce(
        (sum, { hits, misses }) => ({ hits: sum.hits + hits, all: sum.all + hits + misses }),
        { hits: 0, all: 0 },
      );
      const live: LiveSample = {
        phase: phase(),
        ...figures,
        ...(work && answered > 0 && { statementsPerRequest: work.calls / (answered * (everyMs / 1_000)) }),
        ...(metrics && { pool: { total: metrics.maxPoolTotal, waiting: metrics.maxPoolWaiting } }),
        ...(cache.all > 0 && { cacheHitRate: cache.hits / cache.all }),
        ...(counts && { queue: queueSums(Object.values(counts)) }),
        ...(sessions?.heldUp && {
          heldUp: { atOnce: sessions.heldUp.atOnce, longestMs: Math.round(sessions.heldUp.waitsMs[0] ?? 0) },
        }),
      };
      journal.write({ type: 'live.sampled', sample: live });
    } finally {
      busy = false;
    }
  }

  const timer = setInterval(() => void sample(), everyMs);
  return {
    async stop() {
      clearInterval(timer);
      await Promise.allSettled([app, queues, statements, tables, activity].map((meter) => meter?.stop()));
    },
  };
}

function queueSums(
  queues: readonly {
    readonly waiting: number;
    readonly active: number;
    readonly delayed: number;
    readonly failed: number;
  }[],
) {
  return queues.reduce(
    (sum, queue) => ({
      waiting: sum.waiting + queue.waiting + queue.delayed,
      active: sum.active + queue.active,
      failed: sum.failed + queue.failed,
    }),
    { waiting: 0, active: 0, failed: 0 },
  );
}

async function startQuietly<T>(starting: Promise<RunningMeter<T>>): Promise<RunningMeter<T> | undefined> {
  return starting.catch(() => undefined);
}

async function cutQuietly<T>(meter: RunningMeter<T> | undefined): Promise<T | undefined> {
  return meter?.cut().catch(() => undefined);
}
