import { afterAll, beforeAll, expect } from 'vitest';
import type { Sandbox } from '../../harness/domain/sandbox.ts';
import { accessChanges } from '../../harness/faults/access-changes.ts';
import { answerAudit } from '../../harness/faults/answer-audit.ts';
import { cacheTimeLapse } from '../../harness/faults/cache-time-lapse.ts';
import { cronQuery } from '../../harness/faults/cron-query.ts';
import { dataGrowth } from '../../harness/faults/data-growth.ts';
import { downloads } from '../../harness/faults/downloads.ts';
import { duplicateDeliveries } from '../../harness/faults/duplicate-deliveries.ts';
import { endedSessions } from '../../harness/faults/ended-sessions.ts';
import { idleTransaction } from '../../harness/faults/idle-transaction.ts';
import { lockHeld } from '../../harness/faults/lock-held.ts';
import { networkLatency } from '../../harness/faults/network-latency.ts';
import { networkPartition } from '../../harness/faults/network-partition.ts';
import { networkReset } from '../../harness/faults/network-reset.ts';
import { preferenceChanges } from '../../harness/faults/preference-changes.ts';
import { profileEdits } from '../../harness/faults/profile-edits.ts';
import { recordChanges } from '../../harness/faults/record-changes.ts';
import { redisFlush } from '../../harness/faults/redis-flush.ts';
import { repeatedRequests } from '../../harness/faults/repeated-requests.ts';
import { replicaCrash } from '../../harness/faults/replica-crash.ts';
import { tenantSearches } from '../../harness/faults/tenant-searches.ts';
import { thirdPartyDown } from '../../harness/faults/third-party-down.ts';
import { thirdPartyHangs } from '../../harness/faults/third-party-hangs.ts';
import { thirdPartySlow } from '../../harness/faults/third-party-slow.ts';
import { trafficPeak } from '../../harness/faults/traffic-peak.ts';
import { undeliverableOrders } from '../../harness/faults/undeliverable-orders.ts';
import { userBans } from '../../harness/faults/user-bans.ts';
import { workerCrash } from '../../harness/faults/worker-crash.ts';
import type { FaultWorld } from '../support/fault-world.ts';
import { type SharedServices, startSharedServices } from '../support/shared-services.ts';
import { type FaultCase, faultContract } from './fault.contract.ts';

let shared: SharedServices;
beforeAll(async () => {
  shared = await startSharedServices();
});
afterAll(() => shared?.stop());

const deadLinks = (sandbox: Sandbox): Sandbox => {
  const dead = { setLatency: async () => {}, reset: async () => 0, setPartitioned: async () => {} };
  const { postgres, redis } = sandbox.links;
  return { ...sandbox, links: { postgres: { ...postgres, ...dead }, redis: { ...redis, ...dead } } };
};
const deafParties = (sandbox: Sandbox): Sandbox => ({
  ...sandbox,
  payments: { ...sandbox.payments, behave: () => {}, deliver: () => {} },
  mail: { ...sandbox.mail, behave: () => {} },
  fulfilment: { ...sandbox.fulfilment, behave: () => {} },
});
const immortalApp = (sandbox: Sandbox): Sandbox => ({
  ...sandbox,
  app: { ...sandbox.app, crash: async () => ({ oldPid: process.pid, newPid: process.pid }) },
});
const stubbornLoad = (sandbox: Sandbox): Sandbox => {
  const load = { ...sandbox.load()!, shape: () => {} };
  return { ...sandbox, load: () => load };
};
const rowsIn = async (world: FaultWorld, table: string) =>
  Number((await world.sql.query(`SELECT count(*) AS n FROM ${table}`)).rows[0].n);

/** A sandbox's network is never instant; a fault must give back what it found. */
const slowNetwork = async ({ sandbox }: FaultWorld) => {
  for (const link of Object.values(sandbox.links)) await link.setLatency(3);
};
const noLinkTrouble = async ({ sandbox }: FaultWorld) => {
  for (const link of Object.values(sandbox.links)) {
    expect(await link.stats()).toMatchObject({ latencyMs: 3, partitioned: false });
  }
};
const linkCase = { sees: 'state', prepare: slowNetwork, disable: deadLinks, restored: noLinkTrouble } as const;
const answersNormally = async ({ sandbox }: FaultWorld) => {
  for (const party of [sandbox.payments, sandbox.mail, sandbox.fulfilment]) {
    expect((await fetch(`${party.url}/v1/status`)).status).toBe(404);
  }
};

const cases: readonly FaultCase[] = [
  { fault: networkLatency({ link: 'postgres', ms: 80 }), ...linkCase },
  { fault: networkLatency({ link: 'redis', ms: 80 }), ...linkCase },
  { fault: networkPartition({ link: 'postgres' }), ...linkCase },
  { fault: networkPartition({ link: 'redis' }), ...linkCase },
  {
    fault: networkReset({ link: 'redis', everyMs: 200 }),
    sees: 'event',
    prepare: (world) => world.connectLikeTheApp(),
    live: (world) => world.connectLikeTheApp(),
    async restored(world) {
      await world.connectLikeTheApp();
      const { open } = await world.sandbox.links.redis.stats();
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect((await world.sandbox.links.redis.stats()).open).toBe(open);
    },
  },
  {
    fault: trafficPeak({ times: 5 }),
    sees: 'state',
    prepare: (world) => world.startLoad(),
    disable: stubbornLoad,
  },
  {
    fault: duplicateDeliveries({ copies: 4, spreadMs: 100 }),
    sees: 'event',
    live: (world) => world.pay(1),
    disable: deafParties,
  },
  {
    fault: thirdPartySlow({ party: 'mail', latencyMs: 150 }),
    sees: 'state',
    disable: deafParties,
    restored: answersNormally,
  },
  { fault: thirdPartyDown({ party: 'payments' }), sees: 'state', disable: deafParties, restored: answersNormally },
  { fault: thirdPartyDown({ party: 'mail', status: 429, share: 0.3 }), sees: 'state', disable: deafParties },
  { fault: thirdPartyHangs({ party: 'fulfilment' }), sees: 'state', disable: deafParties, restored: answersNormally },
  {
    fault: undeliverableOrders({ sql: 'SELECT id FROM orders ORDER BY id LIMIT 2' }),
    sees: 'state',
    disable: (sandbox) => ({ ...sandbox, fulfilment: { ...sandbox.fulfilment, refuse: () => {} } }),
  },
  { fault: replicaCrash({ replica: 2 }), sees: 'event', disable: immortalApp },
  { fault: workerCrash(), sees: 'event', disable: immortalApp },
  { fault: redisFlush(), sees: 'event' },
  { fault: cacheTimeLapse({ minutes: 10 }), sees: 'event' },
  { fault: cronQuery({ job: 'usage-export', sql: 'SELECT count(*) FROM orders', everySeconds: 1 }), sees: 'state' },
  { fault: idleTransaction({ job: 'bi-notebook' }), sees: 'state' },
  { fault: lockHeld({ table: 'products' }), sees: 'state' },
  { fault: lockHeld({ rows: 'SELECT 1 FROM products WHERE id = 1 FOR UPDATE' }), sees: 'state' },
  {
    fault: dataGrowth({ orders: 500, usageEvents: 300 }),
    sees: 'state',
    restored: async (world) => expect(await rowsIn(world, 'orders')).toBe(shared.orders),
  },
  {
    fault: userBans({
      sql: `SELECT id AS user_id, 'st_' || id AS token, 'st_admin' AS admin_token FROM users WHERE status = 'active' ORDER BY id`,
      count: 2,
      everyMs: 50,
    }),
    sees: 'state',
    // The fake app answers 200 to everything and bans nobody: somebody has to.
    live: async (world) => {
      await world.sql.query(
        `UPDATE users SET status = 'banned' WHERE id IN (SELECT id FROM users WHERE status = 'active' ORDER BY id LIMIT 1)`,
      );
    },
    restored: async (world) => {
      expect((await world.sql.query(`SELECT 1 FROM users WHERE status = 'banned' AND id IN (1, 2)`)).rowCount).toBe(0);
    },
  },
  {
    fault: userBans({
      sql: `SELECT id AS user_id, 'st_' || id AS token, 'st_admin' AS admin_token FROM users WHERE status = 'active' ORDER BY id DESC`,
      count: 2,
      everyMs: 50,
      directly: true,
    }),
    sees: 'state',
  },
  {
    fault: accessChanges({
      sql: `SELECT id AS user_id, 'orders.read' AS permission, 'st_1' AS token, 'st_2' AS admin_token FROM users ORDER BY id LIMIT 2`,
      change: { method: 'PUT', path: '/v1/users/{row.user_id}/roles', body: { roles: [] } },
      back: { method: 'PUT', path: '/v1/users/{row.user_id}/roles', body: { roles: ['viewer'] } },
    }),
    sees: 'event',
  },
  {
    fault: answerAudit({ sql: `SELECT id AS user_id, 'st_1' AS token FROM users ORDER BY id LIMIT 20`, everyMs: 20 }),
    sees: 'event',
    disable: (sandbox) => ({ ...sandbox, app: { ...sandbox.app, entry: new URL('http://127.0.0.1:1') } }),
  },
  { fault: endedSessions({ sql: `SELECT 'st_' || id AS token FROM users ORDER BY id LIMIT 2` }), sees: 'event' },
  {
    fault: endedSessions({
      sql: `SELECT id AS session_id, 'st_' || id AS token, 'st_1' AS own_token FROM sessions ORDER BY id LIMIT 2`,
      signOut: { method: 'DELETE', path: '/v1/sessions/{row.session_id}' },
    }),
    sees: 'event',
    // The fake app answers 200 to everything and signs nobody out: somebody has to.
    live: async (world) => {
      await world.sql.query('DELETE FROM sessions WHERE id = (SELECT min(id) FROM sessions)');
    },
    restored: async (world) => {
      expect((await world.sql.query('SELECT 1 FROM sessions WHERE id IN (1, 2)')).rowCount).toBe(2);
    },
  },
  {
    fault: profileEdits({
      sql: `SELECT id AS user_id, 'st_' || id AS token FROM users ORDER BY id LIMIT 2`,
      giveUpMs: 500,
    }),
    sees: 'state',
    restored: async (world) => {
      expect((await world.sql.query(`SELECT 1 FROM users WHERE title LIKE 'Corrected %'`)).rowCount).toBe(0);
    },
  },
  {
    fault: preferenceChanges({ sql: `SELECT id AS user_id, 'st_' || id AS token FROM users ORDER BY id LIMIT 2` }),
    sees: 'event',
    // The fake app answers 200 to everything and changes nothing: somebody has to.
    live: async (world) => {
      await world.sql.query(
        `INSERT INTO user_preferences (user_id, locale) SELECT min(id), 'xx' FROM users
         ON CONFLICT (user_id) DO UPDATE SET locale = 'xx'`,
      );
    },
    disable: (sandbox) => ({ ...sandbox, app: { ...sandbox.app, entry: new URL('http://127.0.0.1:1') } }),
    restored: async (world) => {
      expect((await world.sql.query(`SELECT 1 FROM user_preferences WHERE locale = 'xx'`)).rowCount).toBe(0);
    },
  },
  {
    fault: recordChanges({
      sql: 'SELECT id FROM accounts ORDER BY id',
      count: 1,
      change: { method: 'PATCH', path: '/v1/accounts/{row.id}', body: { name: '{uuid}' } },
      view: { method: 'GET', path: '/v1/accounts' },
      stored: `SELECT 1 FROM accounts WHERE name = 'changed' AND $1 <> ''`,
    }),
    sees: 'event',
    // The fake app answers 200 to everything and changes nothing: somebody has to.
    live: async (world) => {
      await world.sql.query(`UPDATE accounts SET name = 'changed' WHERE id = (SELECT min(id) FROM accounts)`);
    },
    disable: (sandbox) => ({ ...sandbox, app: { ...sandbox.app, entry: new URL('http://127.0.0.1:1') } }),
  },
  {
    fault: tenantSearches({
      sql: `SELECT 'st_1' AS token, 'buoy' AS q, NULL AS expected`,
      path: '/v1/products/search?q={row.q}',
      foreign: 'SELECT email FROM users',
      everyMs: 20,
    }),
    sees: 'event',
    disable: (sandbox) => ({ ...sandbox, app: { ...sandbox.app, entry: new URL('http://127.0.0.1:1') } }),
  },
  {
    fault: repeatedRequests({
      sql: 'SELECT id FROM orders ORDER BY id LIMIT 3',
      request: { method: 'POST', path: '/v1/orders/{row.id}/checkout' },
      everyMs: 20,
    }),
    sees: 'event',
    disable: (sandbox) => ({ ...sandbox, app: { ...sandbox.app, entry: new URL('http://127.0.0.1:1') } }),
  },
  {
    fault: downloads({
      sql: `SELECT 2 AS id, 'st_1' AS token, 3 AS lines`,
      path: '/v1/accounts/{row.id}/orders/export',
      everyMs: 100,
      withinMs: 1_000,
    }),
    sees: 'event',
    disable: (sandbox) => ({ ...sandbox, app: { ...sandbox.app, entry: new URL('http://127.0.0.1:1') } }),
  },
];
for (const subject of cases) faultContract(() => shared, subject);
