import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { plansMeter } from '../../../harness/meters/plans.ts';
import { until } from '../../../harness/platform/clock.ts';
import { projectRoot, removeTemporaryDirectory, temporaryDirectory } from '../../../harness/platform/files.ts';
import { readJournal } from '../../../harness/run/journal.ts';
import type { CompanyServer } from '../../../harness/services/company/company-server.ts';
import { dockerPostgres } from '../../../harness/services/company/docker-provider.ts';
import { query } from '../../support/company-fixture.ts';
import { containersOfRun, describeWithDocker, listeningAddresses, loseContainer } from '../../support/docker.ts';
import { sandboxWith } from '../meters/sandbox.ts';

describeWithDocker('PostgreSQL in Docker', () => {
  let directory: string;
  let server: CompanyServer;
  beforeAll(async () => {
    directory = temporaryDirectory('docker');
    server = await dockerPostgres.start({ directory, size: 'small', onProgress: () => {} });
  }, 180_000);
  afterAll(async () => {
    await server?.stop();
    removeTemporaryDirectory(directory);
  });

  it('carries the label of its run and can be reached from this machine only', async () => {
    expect(await containersOfRun(basename(directory))).toEqual([expect.stringMatching(/^gameday-postgres-/)]);
    expect(await listeningAddresses(basename(directory))).toEqual(['127.0.0.1']);
  });

  it('has the seeded company, and a fresh one after a reset', async () => {
    const count = () => query<{ n: number }>(server.adminUrl, 'SELECT count(*)::int AS n FROM orders');
    const before = await count();
    expect(before[0]!.n).toBeGreaterThan(0);
    await query(server.adminUrl, 'DELETE FROM usage_events; DELETE FROM order_items; UPDATE accounts SET name = 1');
    await server.reset();
    expect(await query(server.adminUrl, `SELECT FROM accounts WHERE name = '1'`)).toEqual([]);
    expect(await count()).toEqual(before);
  });

  it('tells the plans of slow statements', async () => {
    const { adminUrl, readerUrl, logFile, appRole } = server;
    const plans = await plansMeter.start(sandboxWith({ postgres: { adminUrl, readerUrl, logFile, appRole } }));
    const app = new pg.Client({ connectionString: server.appUrl() });
    await app.connect();
    try {
      const seen = async () => {
        await app.query('SELECT count(*), pg_sleep(0.06) FROM accounts');
        const [plan] = await plans.cut();
        return plan;
      };
      const plan = await until('a plan', seen, { timeoutMs: 20_000, everyMs: 1 });
      expect(plan.plan).toMatch(/Scan/);
    } finally {
      await app.end();
      await plans.stop();
    }
  });

  it('says so when somebody takes the container away', async () => {
    for (const name of await containersOfRun(basename(directory))) await loseContainer(name);
    expect(await server.lost).toMatch(/ended|terminat/i);
  });
});

describeWithDocker('a game day in Docker', () => {
  it('uses its services, and leaves no container when it is killed', { timeout: 240_000 }, async () => {
    const runs = temporaryDirectory('docker');
    const args = ['play', 'still-active', '--services', 'docker', '--size', 'small', '--rate', '10', '--no-input'];
    const play = spawn(process.execPath, [join(projectRoot, 'harness', 'cli', 'gameday.mjs'), ...args], {
      env: { ...process.env, GAMEDAY_RUNS: runs },
      stdio: 'ignore',
    });
    const ended = new Promise((resolve) => play.once('exit', resolve));
    try {
      const journal = () => {
        const [run] = readdirSync(runs);
        return run === undefined ? [] : readJournal(join(runs, run, 'events.jsonl'));
      };
      const flowing = () => journal().some(({ type }) => type === 'live.sampled') || play.exitCode !== null;
      await until('load to flow', flowing, { timeoutMs: 180_000, everyMs: 200 });
      const providers = journal().flatMap((event) => (event.type === 'service.started' ? event.provider : []));
      expect(providers).toEqual(['Docker', 'Docker']);
      const [run] = readdirSync(runs);
      expect(await containersOfRun(run!)).toHaveLength(2);

      play.kill('SIGKILL');
      await ended;
      const gone = async () => (await containersOfRun(run!)).length === 0;
      await until('the containers to be gone', gone, { timeoutMs: 30_000, everyMs: 200 });
    } finally {
      play.kill('SIGKILL');
      await ended;
      removeTemporaryDirectory(runs);
    }
  });
});
