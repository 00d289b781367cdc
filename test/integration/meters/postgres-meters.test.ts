import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Meter, RunningMeter } from '../../../harness/domain/meter.ts';
import { activityMeter } from '../../../harness/meters/activity.ts';
import { invariantsMeter } from '../../../harness/meters/invariants.ts';
import { machineMeter } from '../../../harness/meters/machine.ts';
import { plansMeter } from '../../../harness/meters/plans.ts';
import { processesMeter } from '../../../harness/meters/processes.ts';
import { statementsMeter } from '../../../harness/meters/statements.ts';
import { tablesMeter } from '../../../harness/meters/tables.ts';
import { sleep, until } from '../../../harness/platform/clock.ts';
import { quietPool, sandboxWith, startTestPostgres } from './sandbox.ts';

let server: Awaited<ReturnType<typeof startTestPostgres>>;
let app: pg.Pool;
let admin: pg.Pool;

beforeAll(async () => {
  server = await startTestPostgres();
  app = quietPool(server.appUrl, 2);
  admin = quietPool(server.postgres.adminUrl, 1);
});

afterAll(async () => {
  await Promise.all([app?.end(), admin?.end()]);
  await server?.stop();
});

async function metering<T>(meter: Meter<T>, use: (running: RunningMeter<T>) => Promise<void>): Promise<void> {
  const running = await meter.start(sandboxWith({ postgres: server.postgres }));
  try {
    await use(running);
  } finally {
    await running.stop();
  }
}

test('statements: the work of the app alone, without transaction control and probes, from cut to cut', async () => {
  await app.query('SELECT text FROM events WHERE id = $1', [1]);
  await metering(statementsMeter, async (running) => {
    const client = await app.connect();
    await client.query('BEGIN');
    await client.query(`SET LOCAL statement_timeout = '5s'`);
    for (const id of [1, 2, 3]) await client.query('/* request 17 */ SELECT text FROM events WHERE id = $1', [id]);
    await client.query('COMMIT');
    client.release();
    await app.query('SELECT 1');
    await admin.query('SELECT text FROM events WHERE id = $1', [4]);

    const reading = await running.cut();
    expect(reading.statements).toMatchObject([{ query: 'SELECT text FROM events WHERE id = $1', calls: 3, rows: 3 }]);
    expect(reading).toMatchObject({ calls: 3, rows: 3 });
    expect(reading.buffers).toBeGreaterThanOrEqual(6);
    expect(await running.cut()).toMatchObject({ statements: [], calls: 0 });
  });
});

test('statements: counters that were reset make the reading absent, and the next one is good again', async () => {
  await metering(statementsMeter, async (running) => {
    await admin.query('SELECT pg_stat_statements_reset()');
    await expect(running.cut()).rejects.toThrow('was reset');
    await app.query('SELECT count(*) FROM events');
    expect(await running.cut()).toMatchObject({ calls: 1 });
  });
});

test('tables: sequential and index scans of the phase, by table', async () => {
  await metering(tablesMeter, async (running) => {
    const client = new pg.Client(server.appUrl);
    await client.connect();
    for (let i = 0; i < 5; i++) await client.query('SELECT count(*) FROM events WHERE user_id = $1', [i]);
    for (let i = 1; i <= 7; i++) await client.query('SELECT text FROM events WHERE id = $1', [i]);
    // A session that ends reports what it counted.
    await client.end();
    const counted = async () => {
      const [events] = await running.cut();
      return events!.seqScans > 0 && events;
    };
    expect(await until('the scans', counted, { timeoutMs: 5_000, everyMs: 20 })).toEqual({
      table: 'events',
      liveRows: 20_000,
      seqScans: 5,
      seqRowsRead: 100_000,
      indexScans: 7,
      indexRowsRead: 7,
    });
    expect(await running.cut()).toMatchObject([{ seqScans: 0, indexScans: 0, liveRows: 20_000 }]);
  });
});

test('tables: what meters themselves read is not counted', async () => {
  const invariants = invariantsMeter([{ name: 'none', claim: '', sql: 'SELECT * FROM events WHERE user_id < 0' }]);
  await metering(tablesMeter, async (tables) => {
    await metering(invariants, async (running) => {
      for (let i = 0; i < 3; i++) await running.cut();
    });
    await sleep(200);
    expect(await tables.cut()).toMatchObject([{ seqScans: 0 }]);
  });
});

test('activity: running, waiting for a lock and idle in transaction', async () => {
  await metering(activityMeter, async (running) => {
    const [holder, waiter] = [await app.connect(), await app.connect()];
    await holder.query('BEGIN');
    await holder.query('UPDATE events SET text = $1 WHERE id = 1', ['held']);
    const waiting = waiter.query('UPDATE events SET text = $1 WHERE id = 1', ['waited']);
    await sleep(500);
    await holder.query('ROLLBACK');
    await waiting;
    holder.release();
    waiter.release();
    const reading = await running.cut();
    expect(reading).toMatchObject({ maxActive: 1, maxIdleInTransaction: 1, maxWaitingForLock: 1 });
    expect(reading.waits['Lock:transactionid']).toBeGreaterThan(0);
    expect(reading.samples).toBeGreaterThan(1);
    await sleep(250);
    expect(await running.cut()).toMatchObject({ maxIdleInTransaction: 0, maxWaitingForLock: 0 });
  });
});

test('activity: reads and writes that wait for a table are held up, whoever changes the table is not', async () => {
  await metering(activityMeter, async (running) => {
    const [holder, changer, reader] = [await admin.connect(), await app.connect(), await app.connect()];
    await holder.query('BEGIN');
    await holder.query('LOCK TABLE events IN ACCESS SHARE MODE');
    const changing = changer.query('BEGIN; LOCK TABLE events IN ACCESS EXCLUSIVE MODE; COMMIT');
    await sleep(300);
    expect((await running.cut()).heldUp).toEqual({ waitsMs: [], atOnce: 0 });
    const reading = reader.query('SELECT count(*) FROM events');
    await sleep(500);
    await holder.query('ROLLBACK');
    await Promise.all([changing, reading]);
    for (const client of [holder, changer, reader]) client.release();
    const { heldUp } = await running.cut();
    expect(heldUp).toEqual({ waitsMs: [expect.any(Number)], atOnce: 1 });
    expect(heldUp?.waitsMs[0]).toBeGreaterThan(100);
    await sleep(250);
    expect((await running.cut()).heldUp).toEqual({ waitsMs: [], atOnce: 0 });
  });
});

test('activity: two meters share one session, which ends with the last of them', async () => {
  const sessions = async () => {
    const sql = `SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name = 'gameday-meter'`;
    return (await admin.query<{ n: number }>(sql)).rows[0]!.n;
  };
  const sandbox = sandboxWith({ postgres: server.postgres });
  const [one, other] = [await activityMeter.start(sandbox), await activityMeter.start(sandbox)];
  await sleep(250);
  expect(await sessions()).toBe(1);
  expect((await one.cut()).samples).toBeGreaterThan(0);
  expect((await other.cut()).samples).toBeGreaterThan(0);
  await one.stop();
  await sleep(250);
  expect((await other.cut()).samples).toBeGreaterThan(0);
  await other.stop();
  await until('the session to end', async () => (await sessions()) === 0, { timeoutMs: 5_000, everyMs: 20 });
});

test('plans: the slow statements of the app with their plan, and the setting is taken back', async () => {
  const slow = 'SELECT count(*), pg_sleep(0.06)\n  FROM events WHERE user_id = $1';
  const configuration = async () => (await admin.query('SHOW auto_explain.log_min_duration')).rows;
  const before = await configuration();
  await metering(plansMeter, async (running) => {
    const seen = async () => {
      await Promise.all([1, 2, 3, 4, 5, 6].map((id) => app.query(slow, [id])));
      await admin.query('SELECT count(*) AS admins, pg_sleep(0.06) FROM events');
      const found = await running.cut();
      return found.length > 0 && found;
    };
    // Only every fourth statement is looked at.
    const plans = await until('a plan', seen, { timeoutMs: 15_000, everyMs: 1 });
    expect(plans).toHaveLength(1);
    expect(plans[0]!.query).toBe(slow.replace(/\s+/g, ' '));
    expect(plans[0]!.plan).toMatch(/^Aggregate .*Seq Scan on events.*Rows Removed by Filter/s);
    expect(plans[0]!.durationMs).toBeGreaterThanOrEqual(50);
    expect(await running.cut()).toEqual([]);
  });
  // A server takes a reload to heart a moment after it was told.
  await vi.waitFor(async () => expect(await configuration()).toEqual(before));
  const { rows } = await admin.query('SHOW data_directory');
  expect(await readFile(`${rows[0].data_directory}/postgresql.auto.conf`, 'utf8')).not.toContain('auto_explain');
});

test('invariants: the offending rows, counted, with a few examples', async () => {
  const queries = [
    { name: 'broken', claim: '', sql: 'SELECT id, text FROM events WHERE id <= 9 ORDER BY id; ' },
    { name: 'kept', claim: '', sql: 'SELECT id FROM events WHERE id < 0 -- none' },
  ];
  await metering(invariantsMeter(queries), async (running) => {
    const [broken, kept] = await running.cut();
    expect(broken).toMatchObject({ name: 'broken', violations: 9 });
    expect(broken!.examples).toHaveLength(5);
    expect(JSON.parse(broken!.examples[0]!)).toEqual({ id: 1, text: expect.any(String) });
    expect(kept).toEqual({ name: 'kept', violations: 0, examples: [] });
  });
});

test('invariants: SQL may hold the ledgers of the third parties against the database', async () => {
  const entry = (kind: string, reference: string) => ({ at: 1_000, kind, reference, detail: { order: 'order_7' } });
  const ledgers = { payments: [entry('charge', '3')], mail: [], fulfilment: [entry('shipment', '4')] };
  const sql = `SELECT e.id, l.at, l.detail->>'order' AS "order"
               FROM ledger l JOIN events e ON e.id = l.reference::int WHERE l.party = 'fulfilment' AND l.kind = 'shipment'`;
  const shipped = invariantsMeter([{ name: 'shipped', claim: '', sql }]);
  const running = await shipped.start(sandboxWith({ postgres: server.postgres, ledgers }));
  try {
    const { violations, examples } = (await running.cut())[0]!;
    expect(violations).toBe(1);
    expect(JSON.parse(examples[0]!)).toMatchObject({ id: 4, order: 'order_7' });
    expect(new Date(JSON.parse(examples[0]!).at).getTime()).toBe(1_000);
  } finally {
    await running.stop();
  }
});

test('invariants: SQL that fails or would write names its invariant', async () => {
  const sql = `WITH gone AS (DELETE FROM events RETURNING id) SELECT * FROM gone`;
  await metering(invariantsMeter([{ name: 'sly', claim: '', sql }]), async (running) => {
    await expect(running.cut()).rejects.toThrow(/invariant sly/);
    await expect(running.cut()).rejects.toThrow(/invariant sly/);
  });
  expect((await admin.query('SELECT count(*)::int AS n FROM events')).rows).toEqual([{ n: 20_000 }]);
});

test('processes: PostgreSQL with its backends, also those that have ended', async () => {
  await metering(processesMeter, async (running) => {
    const client = new pg.Client(server.appUrl);
    await client.connect();
    await client.query('SELECT sum(i * i) FROM generate_series(1, 2000000::bigint) i');
    await client.end();
    // What a backend used is added to its server's figures once that has noticed its end, a moment after the client has.
    const postgres = await vi.waitFor(async () => {
      const [figures] = await running.cut();
      expect(figures!.cpuSeconds).toBeGreaterThan(0.05);
      return figures;
    });
    expect(postgres!.process).toBe('postgres');
    expect(postgres!.maxRssBytes).toBeGreaterThan(10_000_000);
    const [idle] = await running.cut();
    expect(idle!.cpuSeconds).toBeLessThan(postgres!.cpuSeconds);
  });
});

test.runIf(process.platform === 'linux')(
  'machine: what PostgreSQL’s backends use is ours, also when they have ended',
  async () => {
    const sandbox = sandboxWith({ postgres: server.postgres, redis: { url: '', pid: process.pid } });
    const [machine, processes] = [await machineMeter.start(sandbox), await processesMeter.start(sandbox)];
    const from = performance.now();
    try {
      const client = new pg.Client(server.appUrl);
      await client.connect();
      await client.query('SELECT sum(i * i) FROM generate_series(1, 4000000::bigint) i');
      await client.end();
      await sleep(100);
      const figures = await processes.cut();
      const { oursSeconds, cores, capacitySeconds } = await machine.cut();
      const postgres = figures.find(({ process }) => process === 'postgres')!.cpuSeconds;
      expect(postgres).toBeGreaterThan(0.1);
      expect(oursSeconds / postgres).toBeGreaterThan(0.9);
      expect((capacitySeconds * 1_000) / (cores * (performance.now() - from))).toBeGreaterThan(0.5);
    } finally {
      await Promise.all([machine.stop(), processes.stop()]);
    }
  },
);
