import { describe, expect, test } from 'vitest';
import { cacheHitRateOver } from '../../../harness/checks/cache-hit-rate-over.ts';
import { originLoads } from '../../../harness/checks/origin-loads.ts';
import { originLoadsPerKey } from '../../../harness/checks/origin-loads-per-key.ts';
import { figures, incidentWith, load, statements } from './evidence.ts';

describe('originLoads', () => {
  const loads = (query: string) =>
    originLoads(incidentWith({ statements: statements([query, 7]) }), 'incident', 'users');

  test.each([
    'SELECT id FROM users WHERE id = $1',
    'select u.id from "users" u',
    'SELECT a.id FROM accounts a LEFT JOIN public.users u ON u.id = a.owner_id',
    'WITH x AS (SELECT id FROM ONLY users) SELECT * FROM x',
  ])('counts %s', (query) => expect(loads(query)).toBe(7));

  test.each([
    'SELECT id FROM users_groups',
    'SELECT users FROM accounts',
    'UPDATE users SET name = $1',
    'DELETE FROM users WHERE id = $1',
  ])('does not count %s', (query) => expect(loads(query)).toBe(0));
});

describe('originLoadsPerKey', () => {
  const check = originLoadsPerKey({ table: 'users', pools: ['users'], atMost: 1.5 });
  const judge = (calls: number) =>
    check.judge(incidentWith({ load: load(), statements: statements(['SELECT * FROM users', calls]) }));

  test('divides reads by distinct keys', () => {
    expect(judge(15)).toMatchObject({ outcome: 'pass', figures: [{ value: 1.5, bound: 1.5 }] });
    expect(judge(16)).toMatchObject({ outcome: 'fail', figures: [{ value: 1.6, bound: 1.5 }] });
  });

  test('no key drawn is inconclusive', () => {
    const evidence = incidentWith({ load: load({ distinctRows: {} }), statements: statements() });
    expect(check.judge(evidence).outcome).toBe('inconclusive');
  });
});

describe('cacheHitRateOver', () => {
  const check = cacheHitRateOver({ table: 'users', share: 0.9 });
  const judge = (calls: number, all = figures()) =>
    check.judge(incidentWith({ load: load({ all }), statements: statements(['SELECT * FROM users', calls]) }));

  test('a miss is a request that read the table', () => {
    expect(judge(10)).toMatchObject({
      outcome: 'pass',
      figures: [{ label: 'misses', value: 10, bound: 10, unit: '%' }],
    });
    expect(judge(11).outcome).toBe('fail');
    expect(judge(1_000)).toMatchObject({ outcome: 'fail', figures: [{ value: 100 }] });
  });

  test('too few requests are inconclusive', () => {
    expect(judge(10, figures({ ok: 5 })).outcome).toBe('inconclusive');
  });
});
