import { expect, test } from 'vitest';
import { createPostgresMetrics } from '../../../harness/exporter/postgres-metrics.ts';

const figures = { calls: 2, rows: 3, buffers: 5, execMs: 1_500 };
const totals = { calls: 0, rows: 0, buffers: 0 };

function family(metrics: ReturnType<typeof createPostgresMetrics>, name: string) {
  return metrics.families().find((one) => one.name === `gameday_postgres_${name}`)?.samples ?? [];
}

test('statements and scans add up', () => {
  const metrics = createPostgresMetrics();
  const tables = [{ table: 'orders', liveRows: 9, seqScans: 1, seqRowsRead: 7, indexScans: 0, indexRowsRead: 0 }];
  for (let second = 0; second < 2; second++) {
    metrics.add({ statements: { ...totals, statements: [{ query: 'SELECT 1', ...figures }] }, tables });
  }
  const of = (name: string) => family(metrics, name).map(({ labels, value }) => [labels, value]);
  expect(of('statement_calls_total')).toEqual([[{ query: 'SELECT 1' }, 4]]);
  expect(of('statement_buffers_total')).toEqual([[{ query: 'SELECT 1' }, 10]]);
  expect(of('statement_seconds_total')).toEqual([[{ query: 'SELECT 1' }, 3]]);
  expect(of('sequential_rows_total')).toEqual([[{ table: 'orders' }, 14]]);
});

test('an app that sends ever new statements does not make ever new series, and nothing it calls is lost', () => {
  const metrics = createPostgresMetrics();
  const statements = Array.from({ length: 500 }, (_, i) => ({ query: `SELECT ${i}`, ...figures }));
  metrics.add({ statements: { ...totals, statements } });
  const calls = family(metrics, 'statement_calls_total');
  expect(calls.length).toBeLessThan(110);
  expect(calls.reduce((sum, { value }) => sum + value, 0)).toBe(1_000);
});

test('long statements that differ only at their end are told apart, shortened', () => {
  const metrics = createPostgresMetrics();
  const columns = Array.from({ length: 100 }, (_, i) => `column_${i}`).join(', ');
  const statements = ['id', 'account_id'].map((key) => ({
    query: `SELECT ${columns} FROM orders WHERE ${key} = $1`,
    ...figures,
  }));
  metrics.add({ statements: { ...totals, statements } });
  const queries = family(metrics, 'statement_calls_total').map(({ labels }) => labels.query!);
  expect(queries).toHaveLength(2);
  for (const query of queries) expect(query).toMatch(/^SELECT column_0, .{100,250} FROM orders WHERE \w+ = \$1$/);
});

test('sessions are as they are now, and unknown when nothing was read', () => {
  const metrics = createPostgresMetrics();
  const activity = {
    samples: 10,
    maxActive: 4,
    maxIdleInTransaction: 1,
    maxWaitingForLock: 3,
    waits: { 'Lock:tuple': 25, cpu: 5 },
  };
  metrics.add({ activity });
  expect(family(metrics, 'active_backends').map(({ labels, value }) => [labels.wait, value])).toEqual([
    ['Lock:tuple', 2.5],
    ['cpu', 0.5],
  ]);
  expect(family(metrics, 'sessions').map(({ value }) => value)).toEqual([4, 1, 3]);
  metrics.add({});
  expect(family(metrics, 'sessions')).toEqual([]);
});
