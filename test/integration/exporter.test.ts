import { existsSync, readFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseMetrics } from '../../harness/domain/prometheus-text.ts';
import type { Sandbox } from '../../harness/domain/sandbox.ts';
import { type Exporter, startExporter } from '../../harness/exporter/exporter.ts';
import { assertPortFree } from '../../harness/exporter/exporter-server.ts';
import { metricsPort } from '../../harness/exporter/metrics-port.ts';
import { freePort } from '../../harness/platform/ports.ts';
import { fakeGameDay, passing, temporaryRuns } from '../support/fake-game-day.ts';

let runs: ReturnType<typeof temporaryRuns>;
let fake: ReturnType<typeof fakeGameDay>;
let exporter: Exporter | undefined;

const shipment = (reference: string) => ({ at: 0, kind: 'shipment', reference });

async function start(facilitator: boolean, port?: number): Promise<Exporter> {
  const party = (name: string, ledger: readonly object[] = []) => ({ name, ledger: () => ledger, received: () => 7 });
  const sandbox = {
    directory: fake.directory,
    app: { processes: () => [{ name: 'api-1', pid: 1, url: 'http://127.0.0.1:4001' }] },
    payments: party('payments'),
    mail: party('mail'),
    fulfilment: party('fulfilment', [shipment('order-1'), shipment('order-1'), shipment('order-2')]),
  } as unknown as Sandbox;
  exporter = await startExporter({ sandbox, journal: fake.journal, state: fake.gameDay.state, facilitator, port });
  return exporter;
}

beforeEach(() => {
  runs = temporaryRuns();
  fake = fakeGameDay(runs.runs);
});

afterEach(async () => {
  await exporter?.close();
  exporter = undefined;
  vi.unstubAllEnvs();
  fake.journal.close();
  runs.remove();
});

const config = () => readFileSync(join(fake.directory, 'prometheus.yml'), 'utf8');
const origin = () => /http:\/\/127\.0\.0\.1:\d+/.exec(config())![0];

function get(path: string, options: { readonly host?: string; readonly method?: string } = {}) {
  return new Promise<{ readonly status: number; readonly text: string }>((resolve, reject) => {
    const { host, method = 'GET' } = options;
    request(new URL(path, origin()), { method, ...(host && { headers: { host } }) }, (response) => {
      let text = '';
      response.on('data', (chunk) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    })
      .on('error', reject)
      .end();
  });
}

async function metric(name: string, labels: Readonly<Record<string, string>> = {}): Promise<number | undefined> {
  const found = parseMetrics((await get('/metrics')).text).filter((sample) => sample.name === name);
  return found.find((sample) => Object.entries(labels).every(([label, value]) => sample.labels[label] === value))
    ?.value;
}

describe('the exporter', () => {
  it('lets everybody on this machine read, and nobody else do anything', async () => {
    await start(false);
    expect((await get('/metrics')).status).toBe(200);
    expect((await get('/metrics', { host: 'evil.example' })).status).toBe(403);
    expect((await get('/metrics', { method: 'POST' })).status).toBe(404);
    expect((await get('/v1/state')).status).toBe(404);
  });

  it('names the processes of the app as Prometheus wants its targets', async () => {
    await start(false);
    expect(JSON.parse((await get('/targets')).text)).toEqual([
      { targets: ['127.0.0.1:4001'], labels: { instance: 'api-1' } },
    ]);
    expect(config()).toContain(`${origin()}/targets`);
  });

  it('tells ledgers, what is repeated in them, objectives and deploys', async () => {
    const { judged } = await start(false);
    judged([
      ...passing.results,
      { ...passing.results[0]!, check: 'errors', outcome: 'fail' },
      { ...passing.results[0]!, check: 'unclear', outcome: 'inconclusive' },
    ]);
    const event = fake.journal.write({ type: 'deploy.finished', deploy: 1, seconds: 2, migrations: [] });
    const shipments = { party: 'fulfilment', kind: 'shipment' };
    expect(await metric('gameday_third_party_entries_total', shipments)).toBe(3);
    expect(await metric('gameday_third_party_references', shipments)).toBe(2);
    expect(await metric('gameday_third_party_requests_total', { party: 'mail' })).toBe(7);
    expect(await metric('gameday_objective_ok', { check: 'p95-under' })).toBe(1);
    expect(await metric('gameday_objective_ok', { check: 'errors' })).toBe(0);
    expect(await metric('gameday_objective_ok', { check: 'unclear' })).toBeUndefined();
    expect(await metric('gameday_deploy_timestamp_seconds', { deploy: '1', outcome: 'live' })).toBe(
      Date.parse(event.at) / 1_000,
    );
  });

  it('names faults to a facilitator only', async () => {
    const inject = () =>
      fake.journal.write({
        type: 'fault.injected',
        fault: 'redis-flush',
        summary: 'empties Redis',
        receipt: 'emptied',
      });
    const { close } = await start(false);
    inject();
    expect((await get('/metrics')).text).not.toMatch(/fault|flush/);
    await close();

    await start(true);
    inject();
    expect(await metric('gameday_fault_active', { fault: 'redis-flush' })).toBe(1);
    fake.journal.write({ type: 'fault.undone', fault: 'redis-flush' });
    expect(await metric('gameday_fault_active', { fault: 'redis-flush' })).toBe(0);
  });

  it('leaves no configuration behind that points to nobody', async () => {
    const { close } = await start(false);
    expect(existsSync(join(fake.directory, 'prometheus.yml'))).toBe(true);
    await close();
    expect(existsSync(join(fake.directory, 'prometheus.yml'))).toBe(false);
  });

  it('listens where it is told, and says so when somebody else does already', async () => {
    const port = await freePort();
    const { close } = await start(false, port);
    expect(config()).toContain(`targets: ["127.0.0.1:${port}"]`);
    expect((await get('/metrics', { host: `127.0.0.1:${port}` })).status).toBe(200);
    await close();
    await assertPortFree(port);

    const other = createServer();
    await new Promise<void>((listening) => other.listen(port, '127.0.0.1', listening));
    await expect(start(false, port)).rejects.toMatchObject({
      code: 'METRICS_PORT_TAKEN',
      exitCode: 3,
      message: expect.stringContaining(String(port)),
      hint: expect.stringContaining('GAMEDAY_METRICS_PORT'),
    });
    await expect(assertPortFree(port)).rejects.toMatchObject({ code: 'METRICS_PORT_TAKEN' });
    other.close();
  });
});

describe('GAMEDAY_METRICS_PORT', () => {
  it.each([
    ['9464', 9464],
    ['65535', 65535],
    ['', undefined],
  ])('%j asks for port %j', (asked, port) => {
    vi.stubEnv('GAMEDAY_METRICS_PORT', asked);
    expect(metricsPort()).toBe(port);
  });

  it.each(['80', '65536', '94.64', '-9464', '0x24f8', ' 9464', 'no'])('%j is refused', (asked) => {
    vi.stubEnv('GAMEDAY_METRICS_PORT', asked);
    expect(metricsPort).toThrow(expect.objectContaining({ code: 'METRICS_PORT_INVALID', exitCode: 2 }));
  });
});
