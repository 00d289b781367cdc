import { expect, test } from 'vitest';
import { writeBuffersPerRow } from '../../../harness/checks/write-buffers-per-row.ts';
import type { StatementFigures } from '../../../harness/domain/evidence.ts';
import type { Check } from '../../../harness/domain/verdict.ts';
import { incidentWith, present } from './evidence.ts';

const check = writeBuffersPerRow({ table: 'orders', atMost: 50 });

type Seen = readonly [query: string, rows: number, buffers: number];

const judge = (...seen: readonly Seen[]) => judgeBy(check, ...seen);

function judgeBy(by: Check, ...seen: readonly Seen[]) {
  const statements = seen.map(
    ([query, rows, buffers]): StatementFigures => ({ query, calls: rows, rows, buffers, execMs: 1 }),
  );
  return by.judge(incidentWith({ statements: present({ statements, calls: 0, rows: 0, buffers: 0 }) }));
}

const read = ['SELECT * FROM orders WHERE id = $1 FOR UPDATE', 100, 90_000] as const;

test('adds up what is stored, per row of the table, and leaves out what is read', () => {
  const stock = ['UPDATE products SET stock = $1', 100, 2_000] as const;
  expect(judge(['INSERT INTO orders (id) VALUES ($1)', 100, 3_000], stock, read)).toMatchObject({
    outcome: 'pass',
    figures: [{ value: 50, bound: 50 }],
  });
  expect(judge(['INSERT INTO orders (id) VALUES ($1)', 100, 3_100], stock, read)).toMatchObject({
    outcome: 'fail',
    figures: [{ value: 51 }],
  });
});

test('a copy that is kept somewhere else is part of the price', () => {
  const copy = ['INSERT INTO latest_orders (id) VALUES ($1)', 100, 3_000] as const;
  expect(judge(['INSERT INTO public.orders (id) VALUES ($1)', 100, 3_000], copy).outcome).toBe('fail');
  expect(
    judge(['INSERT INTO orders (id) VALUES ($1)', 100, 3_000], ['REFRESH MATERIALIZED VIEW latest', 9, 9_000]).outcome,
  ).toBe('fail');
});

test('sees what is stored behind a WITH, and no lock as a write', () => {
  expect(
    judge(['WITH o AS (INSERT INTO orders (id) VALUES ($1) RETURNING id) SELECT id FROM o', 100, 9_000]).outcome,
  ).toBe('fail');
  expect(judge(['WITH o AS (SELECT id FROM orders FOR UPDATE) SELECT id FROM o', 100, 9_000]).outcome).toBe(
    'inconclusive',
  );
});

test('where a repair has to keep near what is usual, it is what comes on top that is told', () => {
  const near = writeBuffersPerRow({ table: 'orders', usual: 40, atMost: 50 });
  const judged = (buffers: number) => judgeBy(near, ['INSERT INTO orders (id) VALUES ($1)', 100, buffers]);
  expect(judged(4_400)).toMatchObject({ outcome: 'pass', figures: [{ value: 4, bound: 10 }] });
  expect(judged(8_000)).toMatchObject({ outcome: 'fail', figures: [{ value: 40, bound: 10 }] });
  expect(judged(3_000)).toMatchObject({ outcome: 'pass', figures: [{ value: 0 }] });
});

test('needs enough rows of the table, not of another one', () => {
  expect(judge(['INSERT INTO orders (id) VALUES ($1)', 19, 9_000]).outcome).toBe('inconclusive');
  expect(judge(['INSERT INTO orders_archive (id) VALUES ($1)', 100, 9_000]).outcome).toBe('inconclusive');
});
