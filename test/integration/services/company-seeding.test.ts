import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { companyCounts } from '../../../harness/domain/company.ts';
import { peopleWhoMay, sessionToken } from '../../../harness/domain/company-people.ts';
import { projectRoot } from '../../../harness/platform/files.ts';
import { runSetUp } from '../../../harness/run/run-set-up.ts';
import type { CompanyServer } from '../../../harness/services/company/company-server.ts';
import { embeddedPostgres } from '../../../harness/services/company/local-provider.ts';
import { checksums, migrationsDirectory, openDirectory, query, remove } from '../../support/company-fixture.ts';

const counts = companyCounts.small;

describe('the seeded company', () => {
  let directory: string;
  let server: CompanyServer;

  const start = async (onProgress = (_share: number, _label: string) => {}) => {
    server = await embeddedPostgres.start({ directory, size: 'small', onProgress });
    return server;
  };
  const number = async (sql: string) => Number(Object.values((await query(server.adminUrl, sql))[0]!)[0]);

  beforeAll(async () => {
    directory = await openDirectory('seeding');
    vi.stubEnv('GAMEDAY_CACHE', join(directory, 'cache'));
    await start();
  });
  afterAll(async () => {
    await server?.stop();
    vi.unstubAllEnvs();
    await remove(directory);
  });

  it('has the number of rows its size promises', async () => {
    for (const [table, count] of Object.entries(counts)) {
      expect([table, await number(`SELECT count(*) FROM ${table}`)]).toEqual([table, count]);
    }
    const itemsPerOrder = (await number('SELECT count(*) FROM order_items')) / counts.orders;
    expect(itemsPerOrder).toBeGreaterThan(3);
    expect(itemsPerOrder).toBeLessThan(3.3);
    const eventsPerOrder = (await number('SELECT count(*) FROM order_events')) / counts.orders;
    expect(eventsPerOrder).toBeGreaterThan(2.7);
    expect(eventsPerOrder).toBeLessThan(3.3);
  });

  it('has one tenant with most of the orders, and none without', async () => {
    const share = await number(
      `SELECT max(n)::float8 / sum(n) FROM (SELECT count(*) AS n FROM orders GROUP BY account_id) s`,
    );
    expect(share).toBeGreaterThan(0.55);
    expect(share).toBeLessThan(0.6);
    expect(
      await number(
        'SELECT min(n) FROM (SELECT count(o.id) AS n FROM accounts a LEFT JOIN orders o ON o.account_id = a.id GROUP BY a.id) s',
      ),
    ).toBeGreaterThanOrEqual(3);
    expect(
      await number(
        'SELECT min(n) FROM (SELECT count(u.id) AS n FROM accounts a LEFT JOIN users u ON u.account_id = a.id GROUP BY a.id) s',
      ),
    ).toBeGreaterThanOrEqual(1);
    expect(
      await number('SELECT max(n) FROM (SELECT count(*) AS n FROM users GROUP BY account_id) s'),
    ).toBeLessThanOrEqual(counts.users / 4);
  });

  it('agrees with itself', async () => {
    const violations = {
      'not paid exactly once, or paid although pending or cancelled': `
        SELECT count(*) FROM orders o
        FULL JOIN (SELECT order_id, count(*) AS n, min(amount_cents) AS amount, min(provider_payment_id) AS reference FROM payments GROUP BY 1) p
          ON p.order_id = o.id
        WHERE coalesce(p.n, 0) <> CASE WHEN o.status IN ('paid', 'fulfilled') THEN 1 ELSE 0 END
          OR p.amount <> o.total_cents OR p.reference <> 'pay_seed_' || o.id OR (p.n IS NULL) <> (o.paid_at IS NULL)`,
      'not shipped exactly once, or shipped although pending or cancelled': `
        SELECT count(*) FROM orders o FULL JOIN (SELECT order_id, count(*) AS n FROM shipments GROUP BY 1) s ON s.order_id = o.id
        WHERE coalesce(s.n, 0) <> CASE WHEN o.status IN ('paid', 'fulfilled') THEN 1 ELSE 0 END`,
      'total is not the sum of the items': `
        SELECT count(*) FROM orders o
        FULL JOIN (SELECT order_id, sum(quantity * unit_price_cents) AS total FROM order_items GROUP BY 1) i ON i.order_id = o.id
        WHERE total_cents IS DISTINCT FROM i.total`,
      'price is not the product’s': `
        SELECT count(*) FROM order_items i JOIN products p ON p.id = i.product_id WHERE i.unit_price_cents <> p.price_cents`,
      'balance is not what was paid': `
        SELECT count(*) FROM accounts a
        LEFT JOIN (SELECT account_id, sum(amount_cents) AS paid FROM payments JOIN orders ON orders.id = order_id GROUP BY 1) p ON p.account_id = a.id
        WHERE balance_cents <> coalesce(p.paid, 0)`,
      'ordered by somebody of another account': `
        SELECT count(*) FROM orders o JOIN users u ON u.id = o.placed_by WHERE u.account_id <> o.account_id`,
      'owner of another account': `
        SELECT count(*) FROM accounts a JOIN users u ON u.id = a.owner_id WHERE u.account_id <> a.id`,
      'outside the history': `
        SELECT count(*) FROM orders WHERE created_at NOT BETWEEN '2024-10-01Z' AND '2026-10-01Z' OR paid_at > '2026-10-01Z'`,
      'staff elsewhere': `
        SELECT count(*) FROM users WHERE is_staff <> (id <= 20) OR is_staff AND account_id <> 1`,
      'user without exactly one session of the agreed token': `
        SELECT count(*) FROM users u WHERE (SELECT array_agg(token_hash) FROM sessions s WHERE s.user_id = u.id) IS DISTINCT FROM
          ARRAY[encode(sha256(convert_to(${sessionToken('u.id')}, 'UTF8')), 'hex')]`,
      'order number twice': `SELECT count(*) - count(DISTINCT number) FROM orders`,
    };
    for (const [what, sql] of Object.entries(violations)) expect([what, await number(sql)]).toEqual([what, 0]);
  });

  it('tells scenarios who may do something', async () => {
    const may = (permission: string, where: string) =>
      `SELECT count(*) FROM (${peopleWhoMay(permission)}) p WHERE ${where}`;
    const byRole = `id IN (SELECT user_id FROM user_roles JOIN role_permissions USING (role_id) WHERE permission = 'orders.export')`;
    const withheld = `id IN (SELECT user_id FROM group_members JOIN group_permissions USING (group_id)
                             WHERE permission = 'orders.export' AND NOT allowed)`;
    const active = `status = 'active' AND account_id IN (SELECT id FROM accounts WHERE status = 'active')`;
    const all = await number(`SELECT count(*) FROM users WHERE ${active} AND ${byRole} AND NOT ${withheld}`);
    expect(all).toBeGreaterThan(100);
    expect(
      await number(
        may('orders.export', `id IN (SELECT id FROM users WHERE ${active}) AND ${byRole} AND NOT ${withheld}`),
      ),
    ).toBe(all);
    expect(await number(may('orders.export', 'true'))).toBe(all);
    expect(await number(may('orders.export', `token = ${sessionToken('id')}`))).toBe(all);
  });

  it('satisfies every foreign key, which seeding does not check', async () => {
    const keys = await query<{ table: string; name: string; definition: string; valid: boolean }>(
      server.adminUrl,
      `SELECT conrelid::regclass::text AS "table", conname AS name, pg_get_constraintdef(oid) AS definition, convalidated AS valid
       FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace`,
    );
    expect(keys.length).toBeGreaterThan(15);
    for (const { table, name, definition, valid } of keys) {
      expect([name, valid]).toEqual([name, true]);
      await query(
        server.adminUrl,
        `ALTER TABLE ${table} DROP CONSTRAINT ${name}; ALTER TABLE ${table} ADD CONSTRAINT ${name} ${definition}`,
      );
    }
    await server.reset();
  });

  it('has the indexes, keys and sequences of the migrations, and nothing left to migrate', async () => {
    const shape = `
      SELECT indexdef AS line FROM pg_indexes WHERE schemaname = 'public'
      UNION ALL SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace
      UNION ALL SELECT c.oid::regclass || ' ' || pg_get_userbyid(relowner) FROM pg_class c WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
      ORDER BY 1`;
    const seeded = await query(server.appUrl(), shape);
    expect(await migrate(server.appUrl())).toBe('');
    await query(server.adminUrl, 'CREATE DATABASE plain OWNER tradepost');
    const plainUrl = server.appUrl().replace(/tradepost$/, 'plain');
    expect(await migrate(plainUrl)).not.toBe('');
    expect(seeded).toEqual(await query(plainUrl, shape));
    await query(server.adminUrl, 'DROP DATABASE plain');
    await query(
      server.appUrl(),
      `INSERT INTO orders (account_id, placed_by, number, total_cents) VALUES (2, 21, 'TP-NEW', 1)`,
    );
    expect(await number('SELECT max(id) FROM orders')).toBe(counts.orders + 1);
    await server.reset();
  });

  it('needs no vacuum: every page of every seeded table is visible to all', async () => {
    expect(
      await query(
        server.adminUrl,
        `SELECT relname, relpages, relallvisible FROM pg_class
         WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND reltuples >= 0 AND relallvisible < relpages`,
      ),
    ).toEqual([]);
    expect(await number('SELECT relallvisible FROM pg_class WHERE relname = $$order_items$$')).toBeGreaterThan(100);
  });

  it('nor does what a scenario adds and vacuums, however late the server writes its log', async () => {
    onTestFinished(async () => {
      await query(server.adminUrl, 'ALTER SYSTEM RESET wal_writer_delay');
      await query(server.adminUrl, 'SELECT pg_reload_conf()');
      await server.reset();
    });
    await query(server.adminUrl, `ALTER SYSTEM SET wal_writer_delay = '10s'`);
    await query(server.adminUrl, 'SELECT pg_reload_conf()');
    await expect.poll(() => query(server.adminUrl, 'SHOW wal_writer_delay')).toEqual([{ wal_writer_delay: '10s' }]);
    await runSetUp({ postgres: server }, [
      'CREATE TABLE added (n integer)',
      'INSERT INTO added SELECT n FROM generate_series(1, 20000) n',
      'VACUUM (ANALYZE) added',
    ]);
    expect(await number(`SELECT relpages - relallvisible FROM pg_class WHERE relname = 'added'`)).toBe(0);
  });

  it('lets the reader read and not write', async () => {
    expect(await query(server.readerUrl, 'SELECT id FROM orders LIMIT 1')).toHaveLength(1);
    await expect(query(server.readerUrl, 'DELETE FROM sessions')).rejects.toThrow(/read-only|permission denied/);
    await expect(query(server.readerUrl, 'SET TRANSACTION READ WRITE; DELETE FROM sessions')).rejects.toThrow(
      /permission denied/,
    );
  });

  it('is the same when it is built again, and is not built again while it is in the cache', async () => {
    const first = await checksums(server.adminUrl);
    expect(Object.keys(first).length).toBeGreaterThan(15);
    await server.stop();

    const labels: string[] = [];
    const collect = (_: number, label: string) => labels.push(label);
    await start(collect);
    expect(labels).toEqual(['private copy', 'ready']);
    expect(await checksums(server.adminUrl)).toEqual(first);
    await server.stop();

    await rm(join(directory, 'cache'), { recursive: true });
    labels.length = 0;
    await start(collect);
    expect(labels).toContain('order_items');
    expect(await checksums(server.adminUrl)).toEqual(first);
  });
});

/** Runs the app's own migrate program; resolves to what it says it applied. */
async function migrate(url: string): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', join(projectRoot, 'sandbox-app', 'src', 'migrate.ts')],
    { cwd: projectRoot, env: { ...process.env, DATABASE_URL: url, MIGRATIONS_DIR: migrationsDirectory } },
  );
  return stdout;
}
