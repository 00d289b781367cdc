import type pg from 'pg';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

interface ObservedQueue {
  counts(): Promise<Record<string, number>>;
  oldestAge(): Promise<number | undefined>;
}

export type Metrics = ReturnType<typeof createMetrics>;

export function createMetrics(instance: string) {
  const registry = new Registry();
  registry.setDefaultLabels({ instance });
  // In milliseconds, the default is 10: watching the event loop is most of what metrics cost. A loop that waits for nothing shows 100 ms.
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 100 });
  // For those who tune V8, and dear to collect.
  for (const part of ['size_total', 'size_used', 'size_available']) {
    registry.removeSingleMetric(`nodejs_heap_space_${part}_bytes`);
  }
  const registers = [registry];

  return {
    registry,
    httpDuration: new Histogram({
      name: 'http_request_duration_seconds',
      help: 'Time to answer an HTTP request',
      labelNames: ['method', 'route', 'status'],
      buckets: seconds,
      registers,
    }),
    poolWait: new Histogram({
      name: 'pg_pool_wait_seconds',
      help: 'Time to obtain a database connection from the pool',
      buckets: seconds,
      registers,
    }),
    cacheRequests: new Counter({
      name: 'cache_requests_total',
      help: 'Cache lookups by result',
      labelNames: ['cache', 'result'],
      registers,
    }),
    jobDuration: new Histogram({
      name: 'job_duration_seconds',
      help: 'Time to process a job',
      labelNames: ['queue', 'outcome'],
      buckets: seconds,
      registers,
    }),
    observePool(pool: pg.Pool) {
      new Gauge({
        name: 'pg_pool_connections',
        help: 'Database connections of the pool by state',
        labelNames: ['state'],
        registers,
        collect() {
          this.set({ state: 'total' }, pool.totalCount);
          this.set({ state: 'idle' }, pool.idleCount);
          this.set({ state: 'waiting' }, pool.waitingCount);
        },
      });
    },
    observeQueues(queues: Record<string, ObservedQueue>) {
      new Gauge({
        name: 'queue_jobs',
        help: 'Jobs in the queue by state',
        labelNames: ['queue', 'state'],
        registers,
        async collect() {
          const observed = Object.entries(queues);
          const counts = await Promise.all(observed.map(([, source]) => source.counts()));
          this.reset();
          for (const [i, [queue]] of observed.entries()) {
            for (const [state, count] of Object.entries(counts[i]!)) this.set({ queue, state }, count);
          }
        },
      });
      new Gauge({
        name: 'queue_oldest_job_age_seconds',
        help: 'Time since the oldest waiting job was added',
        labelNames: ['queue'],
        registers,
        async collect() {
          const observed = Object.entries(queues);
          const ages = await Promise.all(observed.map(([, source]) => source.oldestAge()));
          this.reset();
          for (const [i, [queue]] of observed.entries()) {
            const age = ages[i];
            if (age !== undefined) this.set({ queue }, age);
          }
        },
      });
    },
  };
}
