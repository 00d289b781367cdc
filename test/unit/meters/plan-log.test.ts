import { expect, test } from 'vitest';
import { plansIn } from '../../../harness/meters/plan-log.ts';

const entry = (ms: number, query: string, { prefix = 'user=app,db=shop ', parameters = '' } = {}) =>
  `2026-01-02 03:04:05.678 UTC [42] ${prefix}LOG:  duration: ${ms.toFixed(3)} ms  plan:
\tQuery Text: ${query.replaceAll('\n', '\n\t')}${parameters}
\tSeq Scan on order_items  (cost=0.00..9.50 rows=5 width=4) (actual rows=3.00 loops=1)
\t  Filter: (order_id = $1)
\t  Rows Removed by Filter: 1499997
`;

test('keeps the slowest plan of each query, slowest first, at most so many', () => {
  const log = entry(60, 'SELECT 1') + entry(90, 'SELECT 2') + entry(75.5, 'SELECT 1') + entry(55, 'SELECT 3');
  expect(plansIn(log, 2, 'app').map(({ query, durationMs }) => [query, durationMs])).toEqual([
    ['SELECT 2', 90],
    ['SELECT 1', 75.5],
  ]);
});

test('tells query and plan apart, over several lines and with parameters', () => {
  const log = entry(60, 'SELECT id,\n       price\nFROM order_items', { parameters: `\n\tQuery Parameters: $1 = '7'` });
  expect(plansIn(log, 9, 'app')).toEqual([
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
  expect(plansIn(log, 9, 'app')).toHaveLength(1);
});

test('only plans of the role are kept, where the log names users', () => {
  const log =
    entry(60, 'SELECT 1', { prefix: 'user=reader,db=shop ' }) +
    entry(60, 'SELECT 2', { prefix: 'reader@shop ' }) +
    entry(60, 'SELECT 3', { prefix: 'app@shop ' }) +
    entry(60, 'SELECT 4', { prefix: '' });
  expect(plansIn(log, 9, 'app').map(({ query }) => query)).toEqual(['SELECT 3', 'SELECT 4']);
});
