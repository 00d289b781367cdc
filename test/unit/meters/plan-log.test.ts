import { expect, test } from 'vitest';
import { loggedPlans, slowStatements } from '../../../harness/meters/plan-log.ts';

const entry = (ms: number, query: string, { prefix = 'user=app,db=shop ', parameters = '' } = {}) =>
  `2026-01-02 03:04:05.678 UTC [42] ${prefix}LOG:  duration: ${ms.toFixed(3)} ms  plan:
\tQuery Text: ${query.replaceAll('\n', '\n\t')}${parameters}
\tSeq Scan on order_items  (cost=0.00..9.50 rows=5 width=4) (actual rows=3.00 loops=1)
\t  Filter: (order_id = $1)
\t  Rows Removed by Filter: 1499997
`;

const found = (log: string) => [...loggedPlans(log, 'app')];
const traced = (trace: string) => ` /*traceparent='00-${trace.repeat(32)}-00f067aa0ba902b7-01'*/`;

test('adds the plans of a query up, slowest first, and keeps the slowest that was part of a trace', () => {
  const log =
    entry(60, `SELECT 1${traced('a')}`) +
    entry(90, 'SELECT 2') +
    entry(75.5, 'SELECT 1') +
    entry(65, `SELECT 1${traced('b')}`) +
    entry(55, 'SELECT 3');
  const told = slowStatements(found(log)).map(({ slowest, traced: of, logged }) => [
    slowest.query,
    slowest.durationMs,
    of?.traceId?.[0],
    of?.durationMs,
    logged,
  ]);
  expect(told).toEqual([
    ['SELECT 2', 90, undefined, undefined, 1],
    ['SELECT 1', 75.5, 'b', 65, 3],
    ['SELECT 3', 55, undefined, undefined, 1],
  ]);
});

test('a comment that is no trace belongs to the query', () => {
  expect(found(entry(60, `SELECT 1 /* list */`))).toEqual([expect.objectContaining({ query: 'SELECT 1 /* list */' })]);
  expect(found(entry(60, `SELECT 1 /* list */`))[0]).not.toHaveProperty('traceId');
});

test('tells query and plan apart, over several lines and with parameters', () => {
  const log = entry(60, 'SELECT id,\n       price\nFROM order_items', { parameters: `\n\tQuery Parameters: $1 = '7'` });
  expect(found(log)).toEqual([
    {
      query: 'SELECT id, price FROM order_items',
      durationMs: 60,
      plan: `Seq Scan on order_items  (cost=0.00..9.50 rows=5 width=4) (actual rows=3.00 loops=1)
  Filter: (order_id = $1)
  Rows Removed by Filter: 1499997`,
    },
  ]);
});

test('other lines, and entries that are cut off, are skipped', () => {
  const log = `2026-01-02 03:04:05 UTC [1] user=,db= LOG:  checkpoint starting: time
\tSeq Scan of something else
${entry(60, 'SELECT 1')}2026-01-02 03:04:05 UTC [2] user=app,db=shop LOG:  duration: 9.000 ms  plan:
\tQuery Text: SELECT cut`;
  expect(found(log)).toHaveLength(1);
});

test('only plans of the role are kept, where the log names users', () => {
  const log =
    entry(60, 'SELECT 1', { prefix: 'user=reader,db=shop ' }) +
    entry(60, 'SELECT 2', { prefix: 'reader@shop ' }) +
    entry(60, 'SELECT 3', { prefix: 'app@shop ' }) +
    entry(60, 'SELECT 4', { prefix: '' });
  expect(found(log).map(({ query }) => query)).toEqual(['SELECT 3', 'SELECT 4']);
});
