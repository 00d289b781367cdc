import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTraces } from '../../harness/cli/traces/read-traces.ts';
import { rootOf, type Span, statementOf, type Trace } from '../../harness/domain/trace.ts';
import { loggedPlans } from '../../harness/meters/plan-log.ts';
import { plansMeter } from '../../harness/meters/plans.ts';
import { readLog } from '../../harness/meters/read-log.ts';
import { type BootedSandbox, bootSandbox } from '../../harness/run/boot.ts';
import { buildApp } from '../../harness/run/build-app.ts';
import { createJournal } from '../../harness/run/journal.ts';
import { startTracing } from '../../harness/run/tracing.ts';
import { originalApp } from '../../harness/run/workspace.ts';
import { openDirectory, query, remove } from '../support/company-fixture.ts';

let directory: string;
let sandbox: BootedSandbox;
let stop: () => Promise<void>;

beforeAll(async () => {
  directory = join(await openDirectory('traces'), 'run');
  mkdirSync(directory);
  const journal = createJournal(join(directory, 'events.jsonl'));
  const tracing = await startTracing(directory, journal, { OTEL_TRACES_SAMPLER_ARG: '1' });
  const network = { postgresMs: 0, redisMs: 0 };
  const { environment } = tracing;
  sandbox = await bootSandbox({ directory, size: 'small', network, journal, seed: 1, tracing: environment });
  stop = async () => {
    await sandbox.stop();
    await tracing.close();
    journal.close();
  };
  const build = await buildApp(originalApp, join(directory, 'build'));
  await sandbox.app.migrate(build);
  await sandbox.app.start(build);
}, 120_000);

afterAll(async () => {
  await stop?.();
  await remove(join(directory, '..'));
});

/** The first trace of this route for which `done` holds; traces are written some seconds after their spans have ended. */
async function traceOf(route: string, done: (trace: Trace) => boolean = () => true): Promise<Trace> {
  const find = () =>
    readTraces({ run: 'run', directory }).find((trace) => rootOf(trace)?.name === route && done(trace));
  await expect.poll(() => attempt(find), { timeout: 20_000, interval: 250 }).toBeDefined();
  return find()!;
}

function attempt<T>(body: () => T): T | undefined {
  try {
    return body();
  } catch {
    return undefined;
  }
}

const token = `'st_' || md5('tradepost-session-' || u.id)`;
/** Somebody who may see an account. */
async function owner() {
  const [person] = await query<{ token: string; account: number }>(
    sandbox.postgres.adminUrl,
    `SELECT ${token} AS token, u.account_id::int AS account
     FROM users u JOIN accounts a ON a.id = u.account_id AND a.owner_id = u.id WHERE a.status = 'active' AND a.id > 1 ORDER BY u.id LIMIT 1`,
  );
  return { account: person!.account, headers: { authorization: `Bearer ${person!.token}` } };
}

const has = (trace: Trace, wanted: (span: Span) => boolean) => trace.spans.some(wanted);

describe('the traces of a running app', () => {
  it('show what a request did in Express, PostgreSQL and Redis, and its log lines name the trace', async () => {
    const { headers, account } = await owner();
    const answer = await fetch(new URL(`/v1/accounts/${account}/orders`, sandbox.app.entry), { headers });
    expect(answer.status).toBe(200);
    const trace = await traceOf('GET /v1/accounts/:id/orders');
    const root = rootOf(trace)!;
    expect(root).toMatchObject({
      kind: 'server',
      process: expect.stringMatching(/^api-[12]$/),
      attributes: { 'http.route': '/v1/accounts/:id/orders', 'http.response.status_code': 200 },
    });
    const handler = trace.spans.find((span) => span.attributes['express.type'] === 'request_handler')!;
    expect(handler.parent).toBe(root.id);
    const statements = trace.spans.filter((span) => String(span.attributes['db.query.text']).startsWith('SELECT'));
    expect(statements.length).toBeGreaterThan(1);
    expect(new Set(statements.map(({ parent }) => parent))).toEqual(new Set([handler.id]));
    expect(has(trace, (span) => /^get profile:\d+$/.test(String(span.attributes['db.query.text'])))).toBe(true);

    // A connection that is free is not waited for.
    const connected = (span: Span) => span.name === 'pool.connect';
    expect(trace.spans.filter(connected).length).toBeLessThan(statements.length);
    const crowd = Array.from({ length: 60 }, async () => (await fetch(answer.url, { headers })).text());
    await Promise.all(crowd);
    await traceOf('GET /v1/accounts/:id/orders', (other) => other.id !== trace.id && has(other, connected));

    // Refused requests are logged at the default level.
    await fetch(new URL('/v1/accounts/0/orders', sandbox.app.entry), { headers });
    const refused = await traceOf(
      'GET /v1/accounts/:id/orders',
      (other) => rootOf(other)!.attributes['http.response.status_code'] !== 200,
    );
    const logs = ['api-1', 'api-2']
      .map((name) => readFileSync(join(directory, 'logs', `${name}.log`), 'utf8'))
      .join('');
    expect(logs.split('\n').find((line) => line.includes('request answered'))).toContain(`"traceId":"${refused.id}"`);
  }, 60_000);

  it('are named by the plans of their slow statements', async () => {
    const { adminUrl, logFile, appRole } = sandbox.postgres;
    const meter = await plansMeter.start(sandbox);
    await query(adminUrl, 'ALTER SYSTEM SET auto_explain.sample_rate = 1');
    await query(adminUrl, 'ALTER SYSTEM SET auto_explain.log_min_duration = 0');
    await query(adminUrl, 'SELECT pg_reload_conf()');
    try {
      const logged = async () => [...loggedPlans((await readLog(logFile!, 0)).text, appRole)];
      // Settings reach a session between two statements.
      const answered = async () => {
        await fetch(new URL('/v1/accounts/0/orders', sandbox.app.entry), await owner());
        return (await logged()).filter(({ traceId }) => traceId !== undefined);
      };
      await expect.poll(answered, { timeout: 20_000 }).not.toEqual([]);
      const [plan] = await answered();
      const trace = await traceOf('GET /v1/accounts/:id/orders', ({ id }) => id === plan!.traceId);
      expect(trace.spans.map(statementOf)).toContain(plan!.query);
    } finally {
      await meter.stop();
    }
  }, 60_000);

  it('follow a webhook through the queue into the job and the calls to partners', async () => {
    const [order] = await query<{ id: number; token: string }>(
      sandbox.postgres.adminUrl,
      `SELECT o.id::int AS id, ${token} AS token
       FROM orders o JOIN accounts a ON a.id = o.account_id JOIN users u ON u.id = a.owner_id
       WHERE o.status = 'pending' AND a.status = 'active' ORDER BY o.id LIMIT 1`,
    );
    const paid = await fetch(new URL(`/v1/orders/${order!.id}/payments`, sandbox.app.entry), {
      method: 'POST',
      headers: { authorization: `Bearer ${order!.token}` },
    });
    expect(paid.status).toBe(202);
    const call = (path: string) => (span: Span) =>
      span.process === 'worker-1' && span.kind === 'client' && String(span.attributes['url.full']).endsWith(path);
    const trace = await traceOf('POST /webhooks/payments', (candidate) => has(candidate, call('/v1/messages')));
    const process = trace.spans.find((span) => span.kind === 'consumer')!;
    const added = trace.spans.find((span) => span.kind === 'producer')!;
    expect([process.process, process.parent, added.process]).toEqual(['worker-1', added.id, rootOf(trace)!.process]);
    expect(has(trace, call('/v1/shipments'))).toBe(true);
    expect(
      has(
        trace,
        (span) =>
          span.process === 'worker-1' && /^INSERT INTO shipments/.test(String(span.attributes['db.query.text'])),
      ),
    ).toBe(true);
  }, 60_000);

  it.runIf(process.platform === 'linux')(
    'are switched off for what is measured: an app that is started after a reset',
    async () => {
      await sandbox.reset();
      await sandbox.reset();
      const build = await buildApp(originalApp, join(directory, 'second build'));
      await sandbox.app.migrate(build);
      await sandbox.app.start(build);
      const environments = sandbox.app.processes().map(({ pid }) => readFileSync(`/proc/${pid}/environ`, 'utf8'));
      expect(environments.length).toBe(3);
      for (const environment of environments) expect(environment).not.toContain('OTEL_EXPORTER_OTLP_ENDPOINT');
    },
    60_000,
  );
});
