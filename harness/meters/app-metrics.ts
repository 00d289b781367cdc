import { environmentError } from '../domain/errors.ts';
import type { AppMetricsReading } from '../domain/evidence.ts';
import type { Meter } from '../domain/meter.ts';
import type { MetricSample } from '../domain/prometheus-text.ts';
import { addDifference, type Buckets, bucketsOf, quantile } from './histogram.ts';
import { followAppMetrics, type Scrape } from './metrics-scraper.ts';

/** Counters of one process. They only grow, and start at zero when the process does. */
interface Counters {
  readonly poolWait: Buckets;
  /** Lookups by `cache` and `result`, joined by a newline. */
  readonly caches: ReadonlyMap<string, number>;
}

interface Gauges {
  readonly waiting: number;
  readonly total: number;
}

/**
 * The app's own metrics, scraped from every process each second and at every cut. Pool gauges are the worst seen in one process; counters
 * are added up over processes, also those that ended during the phase (up to their last scrape).
 */
export const appMetricsMeter: Meter<AppMetricsReading> = {
  name: 'app metrics',
  async start(sandbox) {
    let from = new Map<string, Counters>();
    let to = new Map<string, Counters>();
    let gauges: Gauges | undefined;
    const follower = followAppMetrics(sandbox, ({ process, samples }: Scrape) => {
      to.set(`${process.name}:${process.pid}`, countersIn(samples));
      gauges = worst(gauges, gaugesIn(samples));
    });
    const begin = () => {
      from = to;
      to = new Map(to);
      gauges = undefined;
    };
    await follower.scrapeNow();
    begin();
    return {
      async cut() {
        await follower.scrapeNow();
        if (gauges === undefined) {
          const gone = sandbox.app.processes().length === 0;
          throw environmentError(
            'METER_DEAD',
            (!gone && follower.problem()) || 'no process of the app is there to scrape',
          );
        }
        const reading = readingOf(from, to, gauges);
        begin();
        return reading;
      },
      stop: () => follower.stop(),
    };
  },
};

function countersIn(samples: readonly MetricSample[]): Counters {
  const caches = new Map<string, number>();
  for (const { name, labels, value } of samples) {
    if (name === 'cache_requests_total') caches.set(`${labels.cache}\n${labels.result}`, value);
  }
  return { poolWait: bucketsOf(samples, 'pg_pool_wait_seconds'), caches };
}

function gaugesIn(samples: readonly MetricSample[]): Gauges {
  const state = (wanted: string) =>
    samples.find(({ name, labels }) => name === 'pg_pool_connections' && labels.state === wanted)?.value ?? 0;
  return { waiting: state('waiting'), total: state('total') };
}

function worst(a: Gauges | undefined, b: Gauges): Gauges {
  return { waiting: Math.max(a?.waiting ?? 0, b.waiting), total: Math.max(a?.total ?? 0, b.total) };
}

function readingOf(
  from: ReadonlyMap<string, Counters>,
  to: ReadonlyMap<string, Counters>,
  gauges: Gauges,
): AppMetricsReading {
  let poolWait: Buckets = new Map();
  const caches: Record<string, { readonly hits: number; readonly misses: number }> = {};
  for (const [process, now] of to) {
    const then = from.get(process);
    poolWait = addDifference(poolWait, then?.poolWait, now.poolWait);
    for (const [key, count] of now.caches) {
      const [cache, result] = key.split('\n') as [string, string];
      const { hits, misses } = caches[cache] ?? { hits: 0, misses: 0 };
      const lookups = count - (then?.caches.get(key) ?? 0);
      caches[cache] = result === 'hit' ? { hits: hits + lookups, misses } : { hits, misses: misses + lookups };
    }
  }
  return {
    maxPoolWaiting: gauges.waiting,
    maxPoolTotal: gauges.total,
    poolWaitP95Ms: quantile(poolWait, 0.95) * 1_000,
    caches,
  };
}
