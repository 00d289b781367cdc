import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorRateUnder } from '../../../harness/checks/error-rate-under.ts';
import { p95Under } from '../../../harness/checks/p95-under.ts';
import type { LoadReading } from '../../../harness/domain/evidence.ts';
import type { LoadEngine, LoadSample } from '../../../harness/domain/load.ts';
import type { LoadPlan } from '../../../harness/domain/workload.ts';
import { createEmbeddedEngine } from '../../../harness/engines/embedded/embedded-engine.ts';
import { k6Engine } from '../../../harness/engines/k6/k6-engine.ts';
import { loadReading, saturation } from '../../../harness/engines/load-reading.ts';
import { sleep } from '../../../harness/platform/clock.ts';
import { judge } from '../../../harness/run/judge.ts';
import { noK6 } from '../../support/k6.ts';
import { startTargetServer, type TargetServer } from '../../support/target-server.ts';
import { incidentWith, present } from '../../unit/checks/evidence.ts';

const plan: LoadPlan = {
  requests: [
    { name: 'read', method: 'GET', path: '/things/{thing.id}?n={n}', weight: 5 },
    { name: 'search', method: 'GET', path: '/search?n={n}', weight: 2 },
    { name: 'write', method: 'POST', path: '/orders/{order.id}?n={n}', body: { key: '{uuid}' }, weight: 1 },
  ],
  pools: {
    thing: { draw: 'zipf', rows: Array.from({ length: 500 }, (_, id) => ({ id })) },
    order: { draw: 'once', rows: Array.from({ length: 500 }, (_, id) => ({ id: 10_000 + id })) },
  },
  seed: 11,
  timeoutMs: 5000,
  maxInFlight: 500,
};
const rate = 50;
const seconds = 8;
const attempts = 3;
/** Numbers that every run gets to. */
const sure = rate * (seconds - 1);

const objectives = [
  p95Under({ ms: 1000, name: 'loose' }),
  p95Under({ ms: 150, name: 'tight' }),
  errorRateUnder({ share: 0.2, name: 'few errors' }),
  errorRateUnder({ share: 0.01, request: 'write', name: 'no errors' }),
];

const numberOf = (url: string) => Number(/n=(\d+)/.exec(url)?.[1]);

describe.skipIf(noK6 !== undefined)(`real k6 beside the embedded engine${noK6 ? `: ${noK6}` : ''}`, () => {
  let server: TargetServer;
  beforeEach(async () => {
    server = await startTargetServer();
    // Each request takes as long and ends as its number says, whoever sends it: 60 to 140 ms, one in ten 300.
    server.answer(({ url, method }, response) => {
      const number = numberOf(url);
      const ms = number % 10 === 0 ? 300 : 60 + ((number * 37) % 81);
      const status = method === 'POST' && number % 3 === 0 ? 503 : 200;
      setTimeout(() => response.writeHead(status).end('{}'), ms);
    });
  });
  afterEach(() => server.close());

  interface Played {
    readonly reading: LoadReading;
    readonly sent: readonly string[];
  }

  /** A busy machine makes an engine late, and what it says inconclusive; then it plays again, as in a proof. */
  async function play(engine: LoadEngine): Promise<Played> {
    for (let attempt = 1; ; attempt++) {
      const played = await playOnce(engine);
      if (saturation(played.reading) === undefined || attempt === attempts) return played;
    }
  }

  async function playOnce(engine: LoadEngine): Promise<Played> {
    const before = server.seen.length;
    const prepared = await engine.prepare(plan, server.url);
    const running = await prepared.start(rate);
    const samples: LoadSample[] = [];
    const ended = (async () => {
      for await (const sample of running.samples) samples.push(sample);
    })();
    const from = await running.mark();
    await sleep(seconds * 1000);
    const to = await running.mark();
    await running.stop();
    await ended;
    const sent = server.seen
      .slice(before)
      .filter(({ url }) => numberOf(url) <= sure)
      .sort((a, b) => numberOf(a.url) - numberOf(b.url))
      .map(({ method, url, headers, body }) => `${method} ${url} ${headers['content-type']} ${body}`);
    return { reading: loadReading(samples.filter((sample) => sample.from >= from && sample.to <= to)), sent };
  }

  it('sends the same requests as often, measures the same and comes to the same verdicts', async () => {
    // Even gaps, as those of k6: chance alone moves a count of 400 Poisson arrivals by 5 %.
    const ours = await play(createEmbeddedEngine('even'));
    const theirs = await play(k6Engine);
    expect(theirs.sent).toEqual(ours.sent);
    expect(theirs.sent).toHaveLength(sure);

    const within = (share: number, figure: (reading: LoadReading) => number) => {
      const ratio = figure(theirs.reading) / figure(ours.reading);
      expect(Math.abs(ratio - 1)).toBeLessThan(share);
    };
    within(0.02, ({ intended, seconds }) => intended / seconds);
    const all = ({ ok, errors }: LoadReading['all']) => Object.values(errors).reduce((sum, count) => sum + count, ok);
    for (const { name } of plan.requests) {
      const share = ({ requests, all: every }: LoadReading) => all(requests[name]!) / all(every);
      expect(Math.abs(share(theirs.reading) - share(ours.reading))).toBeLessThan(0.02);
    }
    within(0.15, ({ all }) => all.p50);
    within(0.15, ({ all }) => all.p95);

    const verdicts = ({ reading }: Played) => {
      const { outcome, results } = judge({ objectives, timeline: [] }, incidentWith({ load: present(reading) }));
      return [outcome, ...results.map((result) => `${result.check}: ${result.outcome}`)];
    };
    expect(verdicts(theirs)).toEqual(verdicts(ours));
    expect(verdicts(ours)).toEqual(['fail', 'loose: pass', 'tight: fail', 'few errors: pass', 'no errors: fail']);
  }, 120_000);
});
