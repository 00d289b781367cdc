import { describe, expect, it } from 'vitest';
import { compileTemplate } from '../../../harness/engines/embedded/template.ts';

const columns = new Map([['account', ['id', 'name']]]);
const values = { seed: 1, n: 7, rows: { account: { id: 17, name: 'Miller & "Sons"/München' } } };
const fill = (text: string, kind: 'path' | 'text' | 'json') => compileTemplate(text, kind, columns).fill(values);

describe('compileTemplate', () => {
  it('leaves a text without placeholders as it is', () => {
    expect(fill('/accounts?state=open&limit=20', 'path')).toBe('/accounts?state=open&limit=20');
    expect(fill(JSON.stringify({ a: {}, b: [{ c: 1 }] }), 'json')).toBe(JSON.stringify({ a: {}, b: [{ c: 1 }] }));
  });

  it('percent-encodes in a path', () => {
    expect(fill('/accounts/{account.id}?q={account.name}&page={n}', 'path')).toBe(
      '/accounts/17?q=Miller%20%26%20%22Sons%22%2FM%C3%BCnchen&page=7',
    );
  });

  it('writes a text body or header as it is', () => {
    expect(fill('{account.name}-{n}', 'text')).toBe('Miller & "Sons"/München-7');
  });

  it('keeps JSON valid, and the type of a value that stands alone', () => {
    const body = { id: '{account.id}', name: '{account.name}', text: 'for {account.name}, no. {n}', n: ['{n}'] };
    expect(JSON.parse(fill(JSON.stringify(body), 'json'))).toEqual({
      id: 17,
      name: 'Miller & "Sons"/München',
      text: 'for Miller & "Sons"/München, no. 7',
      n: [7],
    });
  });

  it('gives one UUID to one request, and another to the next', () => {
    const template = compileTemplate('{uuid} {uuid}', 'text', columns);
    const [first, second] = template.fill(values).split(' ');
    expect(first).toBe(second);
    expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    const many = Array.from({ length: 20_000 }, (_, n) => template.fill({ ...values, n }));
    expect(new Set(many).size).toBe(many.length);
  });

  it('refuses a placeholder that nothing provides, naming those that exist', () => {
    expect(() => compileTemplate('/x/{account.nmae}', 'path', columns)).toThrow('{account.nmae}');
    expect(() => compileTemplate('/x/{user.id}', 'path', columns)).toThrow(
      expect.objectContaining({ code: 'PLACEHOLDER_UNKNOWN', hint: expect.stringContaining('{account.name}') }),
    );
  });

  it('names the pools it needs', () => {
    expect(compileTemplate('{account.id}{n}{account.name}', 'text', columns).pools).toEqual(['account']);
  });
});
