import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dataGrowth } from '../../../harness/faults/data-growth.ts';
import { lockHeld } from '../../../harness/faults/lock-held.ts';
import { userBans } from '../../../harness/faults/user-bans.ts';
import { until } from '../../../harness/platform/clock.ts';
import { createFaultWorld, type FaultWorld } from '../../support/fault-world.ts';
import { type SharedServices, startSharedServices } from '../../support/shared-services.ts';

let shared: SharedServices;
let world: FaultWorld;
/** When each user was banned, and how long each replica goes on admitting banned users, milliseconds. */
const bannedAt = new Map<string, number>();
const lagMs: Record<string, number> = { 'api-1': 0, 'api-2': 400 };
let seesBans = true;

beforeAll(async () => {
  shared = await startSharedServices();
  world = await createFaultWorld(shared, async ({ replica, method, path, token }) => {
    const ban = /^\/v1\/users\/(\d+)\/ban$/.exec(path);
    if (method === 'POST' && ban) {
      if (token !== 'st_admin') return 403;
      await world.sql.query(`UPDATE users SET status = 'banned' WHERE id = $1`, [ban[1]]);
      bannedAt.set(`st_${ban[1]}`, Date.now());
      return 200;
    }
    const since = Date.now() - (bannedAt.get(token) ?? Number.POSITIVE_INFINITY);
    return seesBans && since >= lagMs[replica]! ? 403 : 200;
  });
});
afterAll(async () => {
  await world?.close();
  await shared?.stop();
});

const never = new AbortController().signal;
const one = async (sql: string) => Object.values((await world.sql.query(sql)).rows[0]).map(Number)[0]!;
const children = ['order_items', 'order_events', 'payments', 'shipments'];
const candidates = `SELECT id AS user_id, 'st_' || id AS token, 'st_admin' AS admin_token FROM users WHERE status = 'active' ORDER BY id`;

it('clones orders with everything that belongs to them, spread as the originals are', async () => {
  const before = await one('SELECT max(id) FROM orders');
  const accounts = await one('SELECT count(DISTINCT account_id) FROM orders');
  const counts = await Promise.all(children.map((table) => one(`SELECT count(*) FROM ${table}`)));
  const injected = await dataGrowth({ orders: shared.orders * 2 }).inject(world.sandbox, never);
  try {
    expect(await one('SELECT count(*) FROM orders')).toBe(shared.orders * 3);
    for (const [i, table] of children.entries())
      expect(await one(`SELECT count(*) FROM ${table}`)).toBe(counts[i]! * 3);
    expect(await one(`SELECT count(DISTINCT account_id) FROM orders WHERE id > ${before}`)).toBe(accounts);
    expect(await one('SELECT count(*) FROM payments')).toBe(
      await one('SELECT count(DISTINCT provider_payment_id) FROM payments'),
    );
    expect(
      await one('SELECT count(*) FROM order_items i LEFT JOIN orders o ON o.id = i.order_id WHERE o.id IS NULL'),
    ).toBe(0);
    expect(await one(`SELECT reltuples FROM pg_class WHERE relname = 'orders'`)).toBeCloseTo(shared.orders * 3, -3);
    // An order that the app places meanwhile, also one among the clones' children, is no obstacle and survives.
    await world.sql.query(
      `INSERT INTO orders (account_id, placed_by, number, total_cents) SELECT account_id, placed_by, 'mine', 1 FROM orders LIMIT 1`,
    );
  } finally {
    await injected.undo();
  }
  expect(await one(`SELECT count(*) FROM orders WHERE number = 'mine'`)).toBe(1);
  await world.sql.query(`DELETE FROM orders WHERE number = 'mine'`);
  expect(await one('SELECT count(*) FROM orders')).toBe(shared.orders);
  for (const [i, table] of children.entries()) expect(await one(`SELECT count(*) FROM ${table}`)).toBe(counts[i]!);
});

it('lets triggers that a migration added see the growth', async () => {
  await world.sql.query(`
    CREATE TABLE order_totals (n bigint); INSERT INTO order_totals VALUES (0);
    CREATE FUNCTION count_orders() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN UPDATE order_totals SET n = n + (SELECT count(*) FROM added); RETURN NULL; END $$;
    CREATE TRIGGER totals AFTER INSERT ON orders REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_orders()`);
  const injected = await dataGrowth({ orders: 100 }).inject(world.sandbox, never);
  expect(await one('SELECT n FROM order_totals')).toBe(100);
  await injected.undo();
  await world.sql.query('DROP TRIGGER totals ON orders; DROP FUNCTION count_orders; DROP TABLE order_totals');
});

it('copes with columns that a migration added', async () => {
  await world.sql.query(
    `ALTER TABLE orders ADD COLUMN item_count int NOT NULL DEFAULT 7, ADD COLUMN "Total" bigint GENERATED ALWAYS AS (total_cents * 2) STORED`,
  );
  const injected = await dataGrowth({ orders: 10 }).inject(world.sandbox, never);
  expect(await one('SELECT count(*) FROM orders WHERE item_count = 7')).toBe(shared.orders + 10);
  await injected.undo();
  await world.sql.query('ALTER TABLE orders DROP COLUMN item_count, DROP COLUMN "Total"');
});

it('leaves nothing when growth is interrupted', async () => {
  const stop = new AbortController();
  const growing = dataGrowth({ orders: 400_000 }).inject(world.sandbox, stop.signal);
  setTimeout(() => stop.abort(new Error('stopped')), 300);
  await expect(growing).rejects.toThrow();
  expect(await one('SELECT count(*) FROM orders')).toBe(shared.orders);
});

it('holds a lock that others wait for until it is taken back', async () => {
  const injected = await lockHeld({ table: 'products', mode: 'EXCLUSIVE' }).inject(world.sandbox, never);
  const other = new pg.Client(shared.postgresUrl);
  await other.connect();
  expect((await other.query('SELECT 1 FROM products LIMIT 1')).rowCount).toBe(1);
  const waiting = other.query('UPDATE products SET stock = stock WHERE id = 1');
  const seen = () => injected.witness().then((sentence) => sentence?.includes('; 1 sessions wait') && sentence);
  expect(await until('the wait to be seen', seen, { timeoutMs: 5_000, everyMs: 20 })).toContain(
    'ExclusiveLock on products',
  );
  await injected.undo();
  expect((await waiting).rowCount).toBe(1);
  await other.end();
});

it('fails instead of waiting forever for a lock, and lets go of its session', async () => {
  await expect(lockHeld({ table: 'nothing_here' }).inject(world.sandbox, never)).rejects.toThrow('nothing_here');
  expect(await one(`SELECT count(*) FROM pg_stat_activity WHERE application_name = 'gameday'`)).toBe(0);
});

it('measures how long banned users get in, on each replica', async () => {
  const bans = userBans({ sql: candidates, count: 3, everyMs: 100, giveUpMs: 2_000 });
  const injected = await bans.inject(world.sandbox, never);
  const measured = () => injected.findings!().refusedAfterMs!.length === 6;
  await until('all refusals to be measured', measured, { timeoutMs: 10_000, everyMs: 50 });
  const refusedAfterMs = injected.findings!().refusedAfterMs!;
  expect(refusedAfterMs.filter((ms) => ms >= 0 && ms < 400 - 100)).toHaveLength(3);
  expect(refusedAfterMs.filter((ms) => ms >= 400 - 100)).toHaveLength(3);
  expect(await injected.witness()).toContain('3 of these users');
  await injected.undo();
  expect(
    await one(
      `SELECT count(*) FROM users WHERE status = 'banned' AND id IN (SELECT user_id FROM (${candidates} LIMIT 3) c)`,
    ),
  ).toBe(0);
});

it('says never when a ban has no effect, and nothing when the phase ends too soon to tell', async () => {
  bannedAt.clear();
  seesBans = false;
  const patient = await userBans({ sql: candidates, count: 1, everyMs: 0, giveUpMs: 300 }).inject(world.sandbox, never);
  await until('both replicas to be given up', () => patient.findings!().refusedAfterMs!.length === 2, {
    timeoutMs: 5_000,
    everyMs: 50,
  });
  expect(patient.findings!().refusedAfterMs).toEqual([-1, -1]);
  await patient.undo();

  const cutShort = await userBans({ sql: candidates, count: 1, everyMs: 0, giveUpMs: 60_000 }).inject(
    world.sandbox,
    never,
  );
  await until('the ban', cutShort.witness, { timeoutMs: 5_000, everyMs: 20 });
  await cutShort.undo();
  expect(cutShort.findings!().refusedAfterMs).toEqual([]);
});

it('does not ban without enough users to measure with', async () => {
  const tooMany = userBans({ sql: `${candidates} LIMIT 2`, count: 3, everyMs: 0 });
  await expect(tooMany.inject(world.sandbox, never)).rejects.toMatchObject({ code: 'TOO_FEW_USERS' });
});
