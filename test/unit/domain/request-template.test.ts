import { describe, expect, test } from 'vitest';
import { compileRequest } from '../../../harness/domain/request-template.ts';

const columns = { users: ['id', 'email'], accounts: ['id'] };
const rows = { users: { id: 7, email: 'a&b "x"@example.test' }, accounts: { id: 'acc/1' } };
const fillable = { rows, n: 4, uuid: () => 'u-9' };
const spec = { name: 'pay', method: 'POST', path: '/accounts/{accounts.id}' } as const;

function headersOf(asked: Partial<Parameters<typeof compileRequest>[0]>): Readonly<Record<string, string>> {
  const { headers } = compileRequest({ ...spec, ...asked }, columns).fill(fillable);
  const pairs = Array.from({ length: headers.length / 2 }, (_, pair) => headers.slice(2 * pair, 2 * pair + 2));
  return Object.fromEntries(pairs);
}

describe('compileRequest', () => {
  test('names the pools it draws from, once each', () => {
    const headers = { 'x-user': '{users.id}' };
    const request = compileRequest({ ...spec, headers, body: { a: '{users.email}' } }, columns);
    expect(request.pools).toEqual(['accounts', 'users']);
    expect(headersOf({ headers })['x-user']).toBe('7');
    expect(request.fill(fillable)).toMatchObject({ method: 'POST', path: '/accounts/acc%2F1' });
  });

  test('keeps a header on its line', () => {
    const evil = { ...rows, users: { id: 7, email: 'a\r\nx-admin: 1' } };
    const { headers } = compileRequest({ ...spec, headers: { 'x-mail': '{users.email}' } }, columns).fill({
      ...fillable,
      rows: evil,
    });
    expect(headers).toContain('a  x-admin: 1');
  });

  test('fills JSON: whole strings keep the type of the value, quotes are escaped, keys stay strings', () => {
    const body = { id: '{users.id}', mail: '{users.email}', text: 'to {users.email} no {n}', '{n}': '{n}' };
    const filled = compileRequest({ ...spec, body }, columns).fill(fillable).body;
    expect(JSON.parse(filled ?? '')).toEqual({
      id: 7,
      mail: rows.users.email,
      text: `to ${rows.users.email} no 4`,
      4: 4,
    });
  });

  test('a body that is a string is sent as text', () => {
    expect(compileRequest({ ...spec, body: 'id={users.id}' }, columns).fill(fillable).body).toBe('id=7');
  });

  test('has no body when the request has none', () => {
    expect(compileRequest(spec, columns).fill(fillable).body).toBeUndefined();
  });

  test('says who asks, what for, and the content type of a JSON body only', () => {
    const usual = { 'user-agent': 'tradepost-web/1', accept: 'application/json' };
    expect(headersOf({})).toEqual(usual);
    expect(headersOf({ body: 'a=1' })).toEqual(usual);
    expect(headersOf({ body: { a: 1 } })).toEqual({ ...usual, 'content-type': 'application/json' });
    expect(headersOf({ body: [], headers: { 'Content-Type': 'application/vnd.a+json', Accept: '*/*' } })).toEqual({
      ...usual,
      accept: '*/*',
      'content-type': 'application/vnd.a+json',
    });
  });

  test('an unknown placeholder is reported with the request and what is known', () => {
    const compile = () => compileRequest({ ...spec, body: { id: '{orders.id}' } }, columns);
    expect(compile).toThrow(/'pay'.*\{orders\.id\}/);
    expect(compile).toThrow(expect.objectContaining({ hint: expect.stringContaining('{users.email}') }));
  });
});
