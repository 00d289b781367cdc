import { expect, test } from 'vitest';
import { type StatementsSnapshot, statementsBetween } from '../../../harness/meters/statement-statistics.ts';

const snapshot = (
  queries: Readonly<Record<string, number>>,
  rest: Partial<StatementsSnapshot> = {},
): StatementsSnapshot => ({
  statements: new Map(
    Object.entries(queries).map(([query, calls]) => [
      query,
      { query, calls, rows: calls, buffers: 3 * calls, execMs: calls },
    ]),
  ),
  since: 'monday',
  evictions: 0,
  ...rest,
});
const queries = (after: Readonly<Record<string, number>>, before: Readonly<Record<string, number>> = {}) =>
  statementsBetween(snapshot(before), snapshot(after)).statements.map(({ query, calls }) => [query, calls]);

test('is the difference, busiest first, without what was not called', () => {
  const reading = statementsBetween(snapshot({ a: 5, b: 5, c: 1 }), snapshot({ a: 7, b: 5, c: 9, d: 3 }));
  expect(reading).toEqual({
    statements: [
      { query: 'c', calls: 8, rows: 8, buffers: 24, execMs: 8 },
      { query: 'd', calls: 3, rows: 3, buffers: 9, execMs: 3 },
      { query: 'a', calls: 2, rows: 2, buffers: 6, execMs: 2 },
    ],
    calls: 13,
    rows: 13,
    buffers: 39,
  });
});

test('the same statement under several ids, with other comments and spacing, is one', () => {
  const after = { 'SELECT a FROM t -- first': 2, '/* trace 1 */ SELECT a\n  FROM t;': 3 };
  expect(queries(after)).toEqual([['SELECT a FROM t', 5]]);
});

test.each([
  'BEGIN',
  'START TRANSACTION READ ONLY',
  'COMMIT',
  'ROLLBACK TO SAVEPOINT s1',
  'SAVEPOINT s1',
  'RELEASE s1',
  "SET LOCAL statement_timeout = '5s'",
  'SHOW server_version',
  'DISCARD ALL',
  'SELECT $1',
])('%s is not work', (query) => expect(queries({ [query]: 4 })).toEqual([]));

test.each([
  'SELECT $1 FROM t',
  'UPDATE t SET a = $1',
  'SELECT set_config($1, $2, $3)',
  'INSERT INTO settings VALUES ($1)',
])('%s is work', (query) => expect(queries({ [query]: 4 })).toEqual([[query, 4]]));

test('reset or evicted counters can’t be subtracted', () => {
  const between = (rest: Partial<StatementsSnapshot>) => () => statementsBetween(snapshot({}), snapshot({}, rest));
  expect(between({ since: 'tuesday' })).toThrow('was reset');
  expect(between({ evictions: 1 })).toThrow('ran out of room');
});
