import { describe, expect, it } from 'vitest';
import { GamedayError } from '../../../harness/domain/errors.ts';
import { seededUuid } from '../../../harness/domain/random.ts';
import { columnsOf, compileTemplate } from '../../../harness/domain/template.ts';

const columns = { account: ['id', 'name'], order: ['code'] };
const values = {
  n: 7,
  rows: { account: { id: 17, name: 'Miller & "Sons"/München' }, order: { code: 'a/1' } },
  uuid: (n: number) => seededUuid(1, n),
};
const fill = (text: string, kind: 'path' | 'header' | 'text' | 'json') =>
  compileTemplate(text, kind, columns).fill(values);

describe('compileTemplate', () => {
  it('leaves a text without placeholders as it is, also JSON braces', () => {
    expect(fill('/accounts?state=open&limit=20', 'path')).toBe('/accounts?state=open&limit=20');
    expect(fill('{"a":{"b":1}}{}', 'text')).toBe('{"a":{"b":1}}{}');
    expect(fill(JSON.stringify({ a: {}, b: [{ c: 1 }] }), 'json')).toBe(JSON.stringify({ a: {}, b: [{ c: 1 }] }));
  });

  it('percent-encodes what it fills into a path, and nothing else', () => {
    expect(fill('/accounts/{account.id}?q={account.name}&page={n}', 'path')).toBe(
      '/accounts/17?q=Miller%20%26%20%22Sons%22%2FM%C3%BCnchen&page=7',
    );
    expect(fill('/a/{order.code}/b', 'path')).toBe('/a/a%2F1/b');
  });

  it('writes a text body or header as it is', () => {
    expect(fill('{account.name}-{n}', 'text')).toBe('Miller & "Sons"/München-7');
  });

  it('keeps JSON valid, keys as strings, and the type of a value that stands alone', () => {
    const body = { id: '{account.id}', name: '{account.name}', text: 'for {account.name}, no. {n}', n: ['{n}'] };
    expect(JSON.parse(fill(JSON.stringify({ ...body, '{n}': '{n}', said: 'by "{account.id}"' }), 'json'))).toEqual({
      id: 17,
      name: 'Miller & "Sons"/München',
      text: 'for Miller & "Sons"/München, no. 7',
      n: [7],
      7: 7,
      said: 'by "17"',
    });
    expect(JSON.parse(fill(JSON.stringify(['no. "{n}']), 'json'))).toEqual(['no. "7']);
  });

  it('does not fill a value that looks like a placeholder again', () => {
    const rows = { ...values.rows, account: { id: '{uuid}' } };
    expect(compileTemplate('{account.id}', 'text', columns).fill({ ...values, rows })).toBe('{uuid}');
  });

  it('gives one UUID to one request, and another to the next', () => {
    const template = compileTemplate('{uuid} {uuid}', 'text', columns);
    const [first, second] = template.fill(values).split(' ');
    expect(first).toBe(second);
    expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    const many = Array.from({ length: 20_000 }, (_, n) => template.fill({ ...values, n }));
    expect(new Set(many).size).toBe(many.length);
  });

  it('makes no UUID that nobody asks for', () => {
    const uuid = () => expect.unreachable();
    expect(compileTemplate('{n}', 'text', columns).fill({ ...values, uuid })).toBe('7');
  });

  it.each(['{nobody.id}', '{account.nmae}', '{account}', '{count}', '{constructor.name}'])('refuses %s', (text) => {
    expect(() => compileTemplate(`/x/${text}`, 'path', columns)).toThrow(text);
    expect(() => compileTemplate(`/x/${text}`, 'path', columns)).toThrow(GamedayError);
    expect(() => compileTemplate(`/x/${text}`, 'path', columns)).toThrow(
      expect.objectContaining({ code: 'PLACEHOLDER_UNKNOWN', hint: expect.stringContaining('{account.name}') }),
    );
  });

  it('names the pools it needs', () => {
    expect(compileTemplate('{account.id}{n}{account.name}', 'text', columns).pools).toEqual(['account']);
  });
});

it('columnsOf reads the columns off the first row of each pool', () => {
  expect(columnsOf({ users: { rows: [{ id: 1, email: 'x' }] }, none: { rows: [] } })).toEqual({
    users: ['id', 'email'],
    none: [],
  });
});
