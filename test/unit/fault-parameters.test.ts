import { describe, expect, it } from 'vitest';
import { accessChanges } from '../../harness/faults/access-changes.ts';
import { answerAudit } from '../../harness/faults/answer-audit.ts';
import { cacheTimeLapse } from '../../harness/faults/cache-time-lapse.ts';
import { cronQuery } from '../../harness/faults/cron-query.ts';
import { dataGrowth } from '../../harness/faults/data-growth.ts';
import { duplicateDeliveries } from '../../harness/faults/duplicate-deliveries.ts';
import { endedSessions } from '../../harness/faults/ended-sessions.ts';
import { idleTransaction } from '../../harness/faults/idle-transaction.ts';
import { lockHeld } from '../../harness/faults/lock-held.ts';
import { networkLatency } from '../../harness/faults/network-latency.ts';
import { networkPartition } from '../../harness/faults/network-partition.ts';
import { networkReset } from '../../harness/faults/network-reset.ts';
import { replicaCrash } from '../../harness/faults/replica-crash.ts';
import { thirdPartyDown } from '../../harness/faults/third-party-down.ts';
import { thirdPartyHangs } from '../../harness/faults/third-party-hangs.ts';
import { thirdPartySlow } from '../../harness/faults/third-party-slow.ts';
import { trafficPeak } from '../../harness/faults/traffic-peak.ts';
import { undeliverableOrders } from '../../harness/faults/undeliverable-orders.ts';
import { userBans } from '../../harness/faults/user-bans.ts';

const wrong = 'kafka' as 'redis';
const nobody = 'bank' as 'mail';
const sql = 'SELECT 1 AS user_id';
const roles = {
  change: { method: 'PUT', path: '/v1/users/1/roles' },
  back: { method: 'PUT', path: '/v1/users/1/roles' },
} as const;

const nonsense: readonly [string, string, () => unknown][] = [
  ['network-latency', 'link', () => networkLatency({ link: wrong, ms: 10 })],
  ['network-latency', 'ms', () => networkLatency({ link: 'redis', ms: 0 })],
  ['network-latency', 'ms', () => networkLatency({ link: 'redis', ms: Number.NaN })],
  ['network-reset', 'link', () => networkReset({ link: wrong })],
  ['network-reset', 'everyMs', () => networkReset({ link: 'redis', everyMs: 1 })],
  ['network-partition', 'link', () => networkPartition({ link: wrong })],
  ['traffic-peak', 'times', () => trafficPeak({ times: -1 })],
  ['traffic-peak', 'times', () => trafficPeak({ times: 1 })],
  ['data-growth', 'orders', () => dataGrowth({ orders: 1.5 })],
  ['data-growth', 'usage_events', () => dataGrowth({ usageEvents: -3 })],
  ['data-growth', 'kinds', () => dataGrowth({})],
  ['cron-query', 'job', () => cronQuery({ job: 'Usage Export', sql: 'SELECT 1', everySeconds: 1 })],
  ['cron-query', 'sql', () => cronQuery({ job: 'usage-export', sql: 'DELETE FROM orders', everySeconds: 1 })],
  ['cron-query', 'everySeconds', () => cronQuery({ job: 'usage-export', sql: 'SELECT 1', everySeconds: 0 })],
  ['idle-transaction', 'job', () => idleTransaction({ job: '' })],
  ['duplicate-deliveries', 'copies', () => duplicateDeliveries({ copies: 1, spreadMs: 0 })],
  ['duplicate-deliveries', 'spreadMs', () => duplicateDeliveries({ copies: 2, spreadMs: -1 })],
  ['third-party-slow', 'party', () => thirdPartySlow({ party: nobody, latencyMs: 5 })],
  ['third-party-slow', 'latencyMs', () => thirdPartySlow({ party: 'mail', latencyMs: 0 })],
  ['third-party-down', 'status', () => thirdPartyDown({ party: 'mail', status: 200 })],
  ['third-party-down', 'status', () => thirdPartyDown({ party: 'mail', status: 404 })],
  ['third-party-down', 'share', () => thirdPartyDown({ party: 'mail', share: 2 })],
  ['third-party-hangs', 'party', () => thirdPartyHangs({ party: nobody })],
  ['replica-crash', 'replica', () => replicaCrash({ replica: 0 })],
  ['cache-time-lapse', 'minutes', () => cacheTimeLapse({ minutes: 0 })],
  ['cache-time-lapse', 'keys', () => cacheTimeLapse({ minutes: 1, keys: '' })],
  ['lock-held', 'table', () => lockHeld({ table: 'orders; DROP TABLE orders' })],
  ['lock-held', 'mode', () => lockHeld({ table: 'orders', mode: 'TOTAL' as 'SHARE' })],
  ['lock-held', 'rows', () => lockHeld({ rows: 'SELECT 1 FROM orders' })],
  ['undeliverable-orders', 'sql', () => undeliverableOrders({ sql: 'orders' })],
  ['access-changes', 'sql', () => accessChanges({ sql: '', ...roles })],
  ['access-changes', 'giveUpMs', () => accessChanges({ sql, ...roles, giveUpMs: 1 })],
  ['answer-audit', 'sql', () => answerAudit({ sql: '', everyMs: 20 })],
  ['answer-audit', 'everyMs', () => answerAudit({ sql, everyMs: -1 })],
  ['ended-sessions', 'sql', () => endedSessions({ sql: '' })],
  ['ended-sessions', 'giveUpMs', () => endedSessions({ sql, giveUpMs: 1 })],
  ['user-bans', 'sql', () => userBans({ sql: '', count: 1, everyMs: 0 })],
  ['user-bans', 'count', () => userBans({ sql, count: 0, everyMs: 0 })],
  ['user-bans', 'everyMs', () => userBans({ sql, count: 1, everyMs: Number.POSITIVE_INFINITY })],
  ['user-bans', 'giveUpMs', () => userBans({ sql, count: 1, everyMs: 0, giveUpMs: 1 })],
];

describe('a fault with nonsense in its parameters is refused by name', () => {
  it.each(nonsense)('%s: %s', (fault, parameter, create) => {
    expect(create).toThrow(expect.objectContaining({ code: 'FAULT_INVALID', exitCode: 2 }));
    expect(create).toThrow(`${fault}: ${parameter}`);
  });
});
