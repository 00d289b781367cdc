import { expect, test } from 'vitest';
import { canonicalBody } from '../../../harness/meters/canonical-answer.ts';

const now = Date.parse('2026-03-04T12:00:00.000Z');
const canonical = (value: unknown) => canonicalBody(JSON.stringify(value), now);

test('the order of fields does not matter, the order of elements does', () => {
  expect(canonical({ b: 1, a: { d: 1, c: 2 } })).toBe(canonical({ a: { c: 2, d: 1 }, b: 1 }));
  expect(canonical([1, 2])).not.toBe(canonical([2, 1]));
});

test('request ids go, at any depth; other ids stay', () => {
  expect(canonical({ error: { code: 'x', requestId: 'r-1' }, id: 7 })).toBe('{"error":{"code":"x"},"id":7}');
});

test('timestamps of about now are the same; others stay to the millisecond', () => {
  expect(canonical({ at: '2026-03-04T11:55:00.123Z' })).toBe('{"at":"<now>"}');
  expect(canonical({ at: '2026-03-04T13:05:00+01:00' })).toBe('{"at":"<now>"}');
  expect(canonical({ at: '2026-03-04T11:49:00.123Z' })).toBe('{"at":"2026-03-04T11:49:00.123Z"}');
  expect(canonical({ day: '2026-03-04' })).toBe('{"day":"2026-03-04"}');
});

test('null, missing, zero and empty are told apart', () => {
  const bodies = [{ a: null }, {}, { a: 0 }, { a: '' }, { a: [] }, { a: {} }, { a: false }].map(canonical);
  expect(new Set(bodies).size).toBe(bodies.length);
});

test('a body that is not JSON stays text', () => {
  expect(canonicalBody('id,at\n7,2026-03-04T12:00:01Z\n', now)).toBe('id,at\n7,<now>\n');
  expect(canonicalBody('', now)).toBe('');
});
