import { describe, expect, test } from 'vitest';
import { GamedayError } from '../../harness/domain/errors.ts';
import { columnsOf, compileRequest, compileTemplate } from '../../harness/domain/template.ts';

const columns = { users: ['id', 'email'], accounts: ['id'] };
const rows = { users: { id: 7, email: 'a&b "x"@example.test' }, accounts: { id: 'acc/1' } };

describe('compileTemplate', () => {
  test('fills pool columns, the counter and the UUID', () => {
    const render = compileTemplate('/users/{users.id}?n={n}&key={uuid}&again={uuid}', columns);
    expect(render(rows, 3, 'u-1')).toBe('/users/7?n=3&key=u-1&again=u-1');
  });

  test('leaves text without placeholders alone, also JSON braces', () => {
    expect(compileTemplate('{"a":{"b":1}}{}', columns)(rows, 1, 'u')).toBe('{"a":{"b":1}}{}');
  });

  test('encodes filled values only', () => {
    expect(compileTemplate('/a/{accounts.id}/b', columns, encodeURIComponent)(rows, 1, 'u')).toBe('/a/acc%2F1/b');
  });

  test('a value that looks like a placeholder is not filled again', () => {
    const render = compileTemplate('{users.id}', columns);
    expect(render({ users: { id: '{uuid}' } }, 1, 'u')).toBe('{uuid}');
  });

  test.each(['{nobody.id}', '{users.nope}', '{users}', '{count}'])('refuses %s by name', (text) => {
    expect(() => compileTemplate(`/x/${text}`, columns)).toThrow(text);
    expect(() => compileTemplate(`/x/${text}`, columns)).toThrow(GamedayError);
  });
});

describe('compileRequest', () => {
  const spec = { name: 'pay', method: 'POST', path: '/accounts/{accounts.id}', weight: 1 } as const;

  test('names the pools it draws from, once each', () => {
    const request = compileRequest(
      { ...spec, headers: { 'x-user': '{users.id}' }, body: { a: '{users.email}' } },
      columns,
    );
    expect(request.pools).toEqual(['accounts', 'users']);
    expect(request.headers['x-user']?.(rows, 1, 'u')).toBe('7');
    expect(request.path(rows, 1, 'u')).toBe('/accounts/acc%2F1');
  });

  test('fills JSON: whole strings keep the type of the value, quotes are escaped, keys stay strings', () => {
    const body = { id: '{users.id}', mail: '{users.email}', text: 'to {users.email} no {n}', '{n}': '{n}' };
    const filled = compileRequest({ ...spec, body }, columns).body?.(rows, 4, 'u-9');
    expect(JSON.parse(filled ?? '')).toEqual({
      id: 7,
      mail: rows.users.email,
      text: `to ${rows.users.email} no 4`,
      4: 4,
    });
  });

  test('a body that is a string is sent as text', () => {
    const request = compileRequest({ ...spec, body: 'id={users.id}' }, columns);
    expect(request.body?.(rows, 1, 'u')).toBe('id=7');
  });

  test('has no body when the request has none', () => {
    expect(compileRequest(spec, columns).body).toBeUndefined();
  });

  test('an unknown placeholder is reported with the request and what is known', () => {
    const compile = () => compileRequest({ ...spec, body: { id: '{orders.id}' } }, columns);
    expect(compile).toThrow(/'pay'.*\{orders\.id\}/);
    expect(compile).toThrow(expect.objectContaining({ hint: expect.stringContaining('{users.email}') }));
  });
});

test('columnsOf reads the columns off the first row of each pool', () => {
  expect(columnsOf({ users: { rows: [{ id: 1, email: 'x' }] }, none: { rows: [] } })).toEqual({
    users: ['id', 'email'],
    none: [],
  });
});
