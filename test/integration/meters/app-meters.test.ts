import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { AppProcess } from '../../../harness/domain/sandbox.ts';
import { appMetricsMeter } from '../../../harness/meters/app-metrics.ts';
import { processesMeter } from '../../../harness/meters/processes.ts';
import { sandboxWith } from './sandbox.ts';

interface Figures {
  waiting: number;
  hits: number;
  misses: number;
  /** Pool waits up to 1 ms, up to 10 ms, and longer. */
  waits: readonly [number, number, number];
  lagSeconds: number;
}

const replicas: Server[] = [];

afterEach(async () => {
  await Promise.all(replicas.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

/** A process of the app that shows these figures under /metrics. */
async function replica(name: string, pid: number, figures: Figures) {
  let scrapes = 0;
  const server = createServer((_, response) => {
    scrapes += 1;
    const [fast, slow, slower] = figures.waits;
    response.end(`# HELP pg_pool_connections by state
pg_pool_connections{state="total",instance="${name}"} 10
pg_pool_connections{state="waiting",instance="${name}"} ${figures.waiting}
pg_pool_wait_seconds_bucket{le="0.001",instance="${name}"} ${fast}
pg_pool_wait_seconds_bucket{le="0.01",instance="${name}"} ${fast + slow}
pg_pool_wait_seconds_bucket{le="+Inf",instance="${name}"} ${fast + slow + slower}
cache_requests_total{cache="profile",result="hit"} ${figures.hits}
cache_requests_total{cache="profile",result="miss"} ${figures.misses}
nodejs_eventloop_lag_p99_seconds ${figures.lagSeconds}
`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  replicas.push(server);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { process: { name, pid, url } satisfies AppProcess, server, scrapes: () => scrapes };
}

const quiet: Figures = { waiting: 0, hits: 0, misses: 0, waits: [0, 0, 0], lagSeconds: 0.01 };

test('adds up counters over replicas and takes the worst gauge, for the phase alone', async () => {
  const [a, b] = [{ ...quiet, hits: 1_000, waits: [500, 0, 0] as const }, { ...quiet }] as [Figures, Figures];
  const processes = [(await replica('api-1', 1, a)).process, (await replica('api-2', 2, b)).process];
  const running = await appMetricsMeter.start(sandboxWith({ processes: () => processes }));

  Object.assign(a, { hits: 1_030, misses: 4, waits: [590, 0, 0], waiting: 7 });
  Object.assign(b, { hits: 10, misses: 2, waits: [0, 10, 0], waiting: 3 });
  expect(await running.cut()).toEqual({
    maxPoolWaiting: 7,
    maxPoolTotal: 10,
    // 100 waits, 90 up to 1 ms and 10 more up to 10 ms: the 95th is half way through the second bucket.
    poolWaitP95Ms: expect.closeTo(5.5),
    caches: { profile: { hits: 40, misses: 6 } },
  });
  Object.assign(a, { waiting: 0 });
  expect(await running.cut()).toMatchObject({ poolWaitP95Ms: 0, maxPoolWaiting: 3, caches: { profile: { hits: 0 } } });
  await running.stop();
});

test('processes may come and go: a new one starts from zero, a dead one keeps what it said last', async () => {
  const old = await replica('api-1', 1, { ...quiet, hits: 50 });
  const next = await replica('api-1', 2, { ...quiet, hits: 5 });
  let processes: readonly AppProcess[] = [old.process];
  const running = await appMetricsMeter.start(sandboxWith({ processes: () => processes }));

  await new Promise((resolve) => old.server.close(resolve));
  replicas.splice(replicas.indexOf(old.server), 1);
  processes = [old.process, next.process];
  expect(await running.cut()).toMatchObject({ caches: { profile: { hits: 5, misses: 0 } } });

  processes = [];
  await expect(running.cut()).rejects.toThrow('no process of the app');
  processes = [old.process];
  await expect(running.cut()).rejects.toThrow('api-1 did not answer /metrics');
  await running.stop();
});

test('two meters share one scraper, which stops with the last of them', async () => {
  const figures = { ...quiet };
  const api = await replica('api-1', process.pid, figures);
  const sandbox = sandboxWith({ processes: () => [api.process] });
  const [app, processes] = [await appMetricsMeter.start(sandbox), await processesMeter.start(sandbox)];
  figures.lagSeconds = 0.25;
  const before = api.scrapes();
  const [, [reading]] = await Promise.all([app.cut(), processes.cut()]);
  expect(api.scrapes() - before).toBeLessThanOrEqual(2);
  expect(reading).toMatchObject({ process: 'api-1', eventLoopLagP99Ms: 250 });
  expect(reading!.maxRssBytes).toBeGreaterThan(10_000_000);

  await app.stop();
  expect(await processes.cut()).toMatchObject([{ process: 'api-1' }]);
  await processes.stop();
  const after = api.scrapes();
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  expect(api.scrapes()).toBe(after);
});
