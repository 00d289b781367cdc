import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LoadReading } from '../../harness/domain/evidence.ts';
import type { LoadEngine, LoadSample, RunningLoad } from '../../harness/domain/load.ts';
import { constantRate, type LoadPlan, type RequestSpec } from '../../harness/domain/workload.ts';
import { loadReading } from '../../harness/engines/load-reading.ts';
import { sleep, until } from '../../harness/platform/clock.ts';
import { freePort } from '../../harness/platform/ports.ts';
import { ok, startTargetServer, type TargetServer } from '../support/target-server.ts';

const read: RequestSpec = { name: 'read', method: 'GET', path: '/things/{thing.id}?n={n}', weight: 3 };
const write: RequestSpec = {
  name: 'write',
  method: 'POST',
  path: '/things',
  headers: { 'x-tenant': '{thing.id}' },
  body: { thing: '{thing.id}', key: '{uuid}' },
  weight: 1,
};
const rows = Array.from({ length: 200 }, (_, id) => ({ id }));

function planOf(change: Partial<LoadPlan> = {}): LoadPlan {
  return {
    requests: [read, write],
    pools: { thing: { draw: 'uniform', rows } },
    seed: 7,
    timeoutMs: 1500,
    maxInFlight: 2000,
    ...change,
  };
}

/** Events of a Poisson process stray from their mean by its square root; five of those happen once in two million. */
const expectAbout = (count: number, mean: number) =>
  expect(Math.abs(count - mean)).toBeLessThan(5 * Math.sqrt(mean) + 1);

const errorCount = ({ all }: LoadReading) => Object.values(all.errors).reduce((sum, count) => sum + count, 0);

/**
 * What holds for every load engine.
 * @param rates.usual arrivals per second of most tests, of which it can send four times as many
 * @param rates.stalled arrivals per second that it can keep in flight for a second
 */
export function loadEngineContract(
  engine: LoadEngine,
  rates: { readonly usual: number; readonly stalled: number },
): void {
  describe(`load engine ${engine.name}`, () => {
    let server: TargetServer;
    let load: RunningLoad | undefined;
    let samples: LoadSample[];
    let ended: Promise<void>;

    beforeEach(async () => {
      server = await startTargetServer();
      samples = [];
    });
    afterEach(async () => {
      await load?.stop();
      load = undefined;
      await server.close();
    });

    const start = async (
      change: Partial<LoadPlan> = {},
      target = server.url,
      rate = rates.usual,
    ): Promise<RunningLoad> => {
      const prepared = await engine.prepare(planOf(change), target);
      const running = await prepared.start(rate);
      load = running;
      ended = (async () => {
        for await (const sample of running.samples) samples.push(sample);
      })();
      return running;
    };
    const play = async (ms: number, change: Partial<LoadPlan> = {}, target = server.url): Promise<LoadReading> => {
      const running = await start(change, target);
      await sleep(ms);
      await running.stop();
      await ended;
      return loadReading(samples);
    };

    it('can run a plan here, or says why not', async () => {
      expect(await engine.declines(planOf())).toBeUndefined();
    });

    it('sends at the rate and in the mix that was asked for', async () => {
      const running = await start();
      const from = await running.mark();
      await sleep(2000);
      const to = await running.mark();
      await running.stop();
      await ended;
      const between = loadReading(samples.filter((sample) => sample.from >= from && sample.to <= to));
      expectAbout(between.intended, rates.usual * between.seconds);
      const reading = loadReading(samples);
      expect(reading.all.errors).toEqual({});
      expectAbout(reading.requests.read!.ok, reading.intended * 0.75);
      expect(reading.requests.read!.ok + reading.requests.write!.ok).toBe(reading.intended);
      expect(server.seen).toHaveLength(reading.intended);
    });

    it('fills the templates', async () => {
      await play(600);
      const reads = server.seen.filter(({ method }) => method === 'GET');
      const writes = server.seen.filter(({ method }) => method === 'POST');
      expect(new Set(reads.map(({ url }) => url)).size).toBe(reads.length);
      for (const { url } of reads) expect(url).toMatch(/^\/things\/\d+\?n=\d+$/);
      for (const { headers, body } of writes) {
        expect(headers['content-type']).toBe('application/json');
        expect(JSON.parse(body)).toEqual({
          thing: Number(headers['x-tenant']),
          key: expect.stringMatching(/^[0-9a-f-]{36}$/),
        });
      }
    });

    it('sends the same requests for the same seed', async () => {
      const firstUrls = () => {
        const urls = server.seen.filter(({ method }) => method === 'GET').map(({ url }) => url);
        return urls.sort((a, b) => Number(a.split('=')[1]) - Number(b.split('=')[1])).slice(0, 20);
      };
      await play(500);
      const once = firstUrls();
      await server.close();
      server = await startTargetServer();
      await play(500);
      expect(firstUrls()).toEqual(once);
    });

    it('tells statuses, resets, timeouts and refused connections apart', async () => {
      server.answer(({ url, method }, response) => {
        if (method === 'POST') response.writeHead(409).end();
        else if (url.startsWith('/things/1')) response.writeHead(503).end('{}');
        else if (url.startsWith('/things/2')) response.destroy();
        else if (!url.startsWith('/things/3')) response.writeHead(200).end();
      });
      const reading = await play(800, { requests: [read, { ...write, expect: [409] }], timeoutMs: 1200 });
      expect(Object.keys(reading.requests.read!.errors).sort()).toEqual(['503', 'ECONNRESET', 'timeout']);
      expect(reading.requests.write!.errors).toEqual({});
      expect(reading.requests.write!.ok).toBeGreaterThan(0);
      expect(reading.all.ok + errorCount(reading)).toBe(reading.intended);

      samples = [];
      const refused = await play(300, {}, new URL(`http://127.0.0.1:${await freePort()}`));
      expect(refused.all.errors).toEqual({ ECONNREFUSED: refused.intended });
    });

    it('counts what it does not start as dropped, and never has more in flight than allowed', async () => {
      server.answer((_, response) => setTimeout(() => response.end('{}'), 500));
      const reading = await play(1500, { maxInFlight: 5 });
      expect(server.mostAtOnce()).toBe(5);
      expect(reading.dropped).toBeGreaterThan(reading.intended / 2);
      expect(reading.all.ok + reading.dropped).toBe(reading.intended);
    });

    it('counts arrivals that find no row of a `once` pool left', async () => {
      const reading = await play(1000, { pools: { thing: { draw: 'once', rows: rows.slice(0, 30) } } });
      expect(reading.all.ok).toBe(30);
      expect(reading.exhausted).toBe(reading.intended - 30);
      expect(reading.distinctRows).toEqual({ thing: 30 });
    });

    it('measures latency from the intended start, so that a stall counts for everybody who came during it', async () => {
      const running = await start({ timeoutMs: 5000 }, server.url, rates.stalled);
      const began = performance.now();
      await sleep(100);
      const held: (() => void)[] = [];
      server.answer((request, response) => held.push(() => ok(request, response)));
      const from = performance.now();
      await sleep(1000);
      running.shape([{ kind: 'constant', times: 0, seconds: 1 }]);
      // Until the change is in force more arrive, which must not be answered at once and counted among those that waited.
      await running.mark();
      const stallMs = performance.now() - from;
      const arrivingMs = performance.now() - began;
      server.answer(ok);
      for (const release of held) release();
      await running.stop();
      await ended;
      const { all, seconds, dropped } = loadReading(samples);
      // Whoever arrives u ms into the stall waits for the rest of it, so the slowest share q waits longer than this. A busy machine takes a while to
      // work the answers off, which only adds, and sends some of the requests only after the stall. Half of all is more than there are connections:
      // an engine that waits for answers before it sends would have p50 at a millisecond or two. How exact it is, harness/bench/stall.ts measures.
      const waitOf = (q: number) => stallMs - q * arrivingMs;
      expect(dropped).toBe(0);
      expect(all.p95).toBeGreaterThan(0.5 * waitOf(0.05));
      expect(all.p50).toBeGreaterThan(0.2 * waitOf(0.5));
      expect(all.max).toBeLessThan(seconds * 1000);
    });

    it('changes its rate when it is told to', async () => {
      const running = await start();
      running.shape([
        { kind: 'constant', times: 0, seconds: 0.5 },
        { kind: 'ramp', from: 0, to: 4, seconds: 1 },
      ]);
      await running.mark();
      const before = server.seen.length;
      await sleep(400);
      await running.mark();
      expect(server.seen.length - before).toBeLessThan(5);
      await sleep(1100);
      const cut = await running.mark();
      await sleep(500);
      await running.stop();
      await ended;
      const peak = samples.filter((sample) => sample.from >= cut);
      expectAbout(loadReading(peak).intended, 4 * rates.usual * 0.5);
    });

    it('starts a new interval where it is marked, and loses nothing between intervals', async () => {
      const running = await start();
      await sleep(1300);
      const cut = await running.mark();
      await sleep(200);
      await running.stop();
      await ended;
      expect(samples.map(({ to }) => to)).toContain(cut);
      expect(samples.slice(1).map(({ from }) => from)).toEqual(samples.slice(0, -1).map(({ to }) => to));
      const after = samples.filter(({ from }) => from >= cut);
      const sent = after.reduce((sum, { intended }) => sum + intended, 0);
      expect(after.at(-1)!.distinctRows.thing).toBeLessThanOrEqual(sent);
      expect(samples.find(({ to }) => to === cut)!.distinctRows.thing).toBeGreaterThan(sent);
    });

    it('stops with everything answered and nothing left behind, however often it is told to', async () => {
      server.answer((_, response) => setTimeout(() => response.end('{}'), 300));
      const running = await start();
      await sleep(500);
      await Promise.all([running.stop(), running.stop()]);
      await ended;
      const reading = loadReading(samples);
      expect(samples.at(-1)!.inFlight).toBe(0);
      expect(reading.all.ok).toBe(reading.intended);
      await until('connections closed', async () => (await server.openConnections()) === 0, {
        timeoutMs: 3000,
        everyMs: 10,
      });
    });

    it('stops also when the server never answers', async () => {
      server.answer(() => {});
      const reading = await play(300, { timeoutMs: 500 });
      expect(reading.all.errors).toEqual({ timeout: reading.intended });
    });

    it('stops without waiting for answers when it is told to', async () => {
      server.answer(() => {});
      const running = await start({ timeoutMs: 600_000 }, server.url);
      await sleep(300);
      await running.stop({ waitMs: 0 });
      await ended;
      const reading = loadReading(samples);
      expect(reading.all.errors).toEqual({ timeout: reading.intended });
    });

    it('pauses at a rate of zero and goes on afterwards', async () => {
      const running = await start();
      running.shape(constantRate(0));
      await running.mark();
      await sleep(300);
      const paused = await running.mark();
      running.shape(constantRate(1));
      const resumed = await running.mark();
      await sleep(500);
      await running.stop();
      await ended;
      const between = samples.filter((sample) => sample.to <= paused).at(-1)!;
      expect(between.intended).toBe(0);
      expectAbout(loadReading(samples.filter((sample) => sample.from >= resumed)).intended, rates.usual * 0.5);
    });

    it('sends nothing before it is started, nor after it was given up', async () => {
      const prepared = await engine.prepare(planOf(), server.url);
      await sleep(300);
      expect(server.seen).toHaveLength(0);
      await prepared.discard();
      await prepared.discard();
      expect(server.seen).toHaveLength(0);
    });

    it('gets ready for a target that is not there yet', async () => {
      const prepared = await engine.prepare(planOf(), new URL(`http://127.0.0.1:${await freePort()}`));
      await prepared.discard();
    });

    it('refuses a plan that can not work', async () => {
      const prepare = engine.prepare(planOf({ requests: [{ ...read, path: '/{nobody.id}' }] }), server.url);
      await expect(prepare).rejects.toMatchObject({ code: 'PLACEHOLDER_UNKNOWN' });
    });
  });
}
