import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LoadPlan } from '../../../harness/domain/workload.ts';
import { exportK6, type K6Export } from '../../../harness/engines/k6/export-k6.ts';
import { k6Engine } from '../../../harness/engines/k6/k6-engine.ts';
import { loadReading } from '../../../harness/engines/load-reading.ts';
import { createRequestSequence } from '../../../harness/engines/request-sequence.ts';
import { sleep } from '../../../harness/platform/clock.ts';
import { noK6 } from '../../support/k6.ts';
import { startTargetServer, type TargetServer } from '../../support/target-server.ts';

const plan: LoadPlan = {
  requests: [
    {
      name: 'read a thing',
      method: 'GET',
      path: '/things/{thing.id}?n={n}',
      headers: { 'X-Of': '{thing.id}' },
      weight: 3,
    },
    {
      name: 'order',
      method: 'POST',
      path: '/orders/{order.id}?n={n}',
      body: { key: '{uuid}' },
      expect: [202],
      weight: 1,
    },
  ],
  pools: {
    thing: { draw: 'zipf', rows: Array.from({ length: 40 }, (_, id) => ({ id })) },
    order: { draw: 'once', rows: Array.from({ length: 300 }, (_, id) => ({ id: 900 + id })) },
  },
  seed: 5,
  timeoutMs: 2000,
  maxInFlight: 100,
  bounds: [
    { measure: 'p95', atMost: 1500 },
    { request: 'order', measure: 'errors', atMost: 0.1 },
  ],
};
const wanted: K6Export = {
  name: 'things',
  title: 'Things',
  plan,
  ratePerSecond: 30,
  stages: undefined,
  operator: true,
};

let folder: string;
let server: TargetServer;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gameday-test-k6-'));
  server = await startTargetServer();
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

async function k6(...args: readonly string[]): Promise<{ readonly code: number; readonly said: string }> {
  const child = spawn('k6', args, { cwd: folder });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
  const [code] = (await once(child, 'close')) as [number];
  return { code, said };
}

describe('an exported folder', () => {
  it('says how it is played, on one machine and on many', async () => {
    const files = await exportK6(folder, wanted);
    expect(files).toEqual(['script.js', 'data.json', 'testrun.yaml', 'README.md']);
    expect(readFileSync(join(folder, 'README.md'), 'utf8')).toContain('k6 run -e BASE_URL=');
    const resource = readFileSync(join(folder, 'testrun.yaml'), 'utf8');
    expect(resource).toMatch(/^apiVersion: k6.io\/v1alpha1\nkind: TestRun$/m);
    expect(resource).toContain('configMap:\n      name: things\n      file: script.js');
    expect(await exportK6(join(folder, 'plain'), { ...wanted, operator: false })).not.toContain('testrun.yaml');
  });
});

describe.skipIf(noK6 !== undefined)(`real k6${noK6 ? `: ${noK6}` : ''}`, () => {
  it('plays an exported folder as it is, and sends what our own engine sends', async () => {
    await exportK6(folder, wanted);
    server.answer(({ method }, response) => void response.writeHead(method === 'POST' ? 202 : 200).end('{}'));
    const inspected = JSON.parse((await k6('inspect', 'script.js')).said);
    expect(inspected.scenarios.arrivals).toMatchObject({ executor: 'constant-arrival-rate', duration: '1m0s' });
    expect(inspected.thresholds).toEqual({
      http_req_duration: ['p(95)<1500'],
      'http_req_failed{name:order}': ['rate<=0.1'],
    });

    const { code, said } = await k6(
      'run',
      '-e',
      `BASE_URL=${server.url.origin}`,
      '-e',
      'RATE=40',
      '-e',
      'DURATION=3',
      'script.js',
    );
    expect(said).toContain('THRESHOLDS');
    expect(code).toBe(0);
    const sequence = createRequestSequence(plan);
    const ours = Array.from({ length: 110 }, () => sequence.next()!).map(
      ({ method, path, body = '' }) => `${method} ${path} ${body}`,
    );
    const theirs = server.seen.map(({ method, url, body }) => `${method} ${url} ${body}`);
    expect(ours.filter((request) => !theirs.includes(request))).toEqual([]);
  });

  it('plays it in parts that send together what one would', async () => {
    await exportK6(folder, wanted);
    const options = [
      '--execution-segment-sequence',
      '0,1/2,1',
      '-e',
      `BASE_URL=${server.url.origin}`,
      '-e',
      'RATE=40',
      '-e',
      'DURATION=2',
    ];
    await Promise.all(
      ['0:1/2', '1/2:1'].map((segment) =>
        k6('run', '--address', '', '--execution-segment', segment, ...options, 'script.js'),
      ),
    );
    const numbers = server.seen.map(({ url }) => Number(/n=(\d+)/.exec(url)?.[1]));
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(Math.max(...numbers)).toBeLessThanOrEqual(numbers.length + 4);
  });

  it('exits with 99 when a bound of the scenario is missed', async () => {
    await exportK6(folder, wanted);
    const { code } = await k6(
      'run',
      '-e',
      `BASE_URL=${server.url.origin}`,
      '-e',
      'RATE=20',
      '-e',
      'DURATION=1',
      'script.js',
    );
    expect(code).toBe(99);
  });

  it("plays an author's script, and counts its requests by their names", async () => {
    const script = join(folder, 'own.js');
    writeFileSync(
      script,
      `import http from 'k6/http';
       export const options = { scenarios: { own: { executor: 'constant-arrival-rate', rate: Number(__ENV.RATE), duration: '1h', preAllocatedVUs: 20 } } };
       export default () => {
         http.get(__ENV.BASE_URL + '/things/1', { tags: { name: 'read a thing' } });
         http.post(__ENV.BASE_URL + '/orders/1', null, { tags: { name: __ENV.RATE > 50 ? 'nobody knows' : 'order' } });
       };`,
    );
    const play = async (rate: number) => {
      const samples = [];
      const running = await (await k6Engine.prepare({ ...plan, script }, server.url)).start(rate);
      const stopping = sleep(2000).then(() => running.stop());
      for await (const sample of running.samples) samples.push(sample);
      await stopping;
      return loadReading(samples);
    };
    const { requests } = await play(20);
    expect(requests['read a thing']!.ok).toBeGreaterThan(10);
    expect(requests.order!.errors['200']).toBeGreaterThan(10);
    await expect(play(60)).rejects.toMatchObject({ code: 'REQUEST_UNKNOWN' });
  });
});
