import { describe, expect, it } from 'vitest';
import { decodeOtlp } from '../../../../harness/meters/traces/decode-otlp.ts';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });
const body = (...spans: readonly object[]) => ({
  resourceSpans: [
    {
      resource: { attributes: [text('service.instance.id', 'api-2'), text('service.name', 'tradepost-api')] },
      scopeSpans: [{ scope: { name: 'pg' }, spans }],
    },
  ],
});
const reported = {
  traceId,
  spanId: '00f067aa0ba902b7',
  parentSpanId: '53995c3f42cd8ad8',
  name: 'pg.query:SELECT tradepost',
  kind: 3,
  startTimeUnixNano: '1795000000000250500',
  endTimeUnixNano: '1795000000003750500',
  attributes: [
    text('db.system.name', 'postgresql'),
    text('db.query.text', 'SELECT 1'),
    text('server.address', '127.0.0.1'),
    { key: 'http.response.status_code', value: { intValue: '200' } },
    { key: 'http.request.header.x', value: { arrayValue: { values: [] } } },
  ],
};

describe('OTLP in JSON', () => {
  it('is read with its process, microseconds and what tells something', () => {
    expect(decodeOtlp(body(reported))).toEqual([
      {
        traceId,
        span: {
          id: '00f067aa0ba902b7',
          parent: '53995c3f42cd8ad8',
          name: 'pg.query:SELECT tradepost',
          kind: 'client',
          process: 'api-2',
          startMs: 1_795_000_000_000.25,
          durationMs: 3.5,
          attributes: {
            'db.system.name': 'postgresql',
            'db.query.text': 'SELECT 1',
            'http.response.status_code': 200,
          },
        },
      },
    ]);
  });

  it.each([
    ['a status', { status: { code: 2, message: 'deadlock detected' } }, 'deadlock detected'],
    ['a status without words', { status: { code: 2 } }, 'failed'],
    [
      'an exception alone',
      { events: [{ name: 'exception', attributes: [text('exception.message', 'no such order')] }] },
      'no such order',
    ],
    ['nothing', { status: { code: 0 } }, undefined],
  ])('tells what went wrong by %s', (_, told, error) => {
    expect(decodeOtlp(body({ ...reported, ...told }))[0]!.span.error).toBe(error);
  });

  it('has long texts cut and a root without a parent', () => {
    const long = { ...reported, parentSpanId: '', attributes: [text('db.query.text', 'x'.repeat(100_000))] };
    const { span } = decodeOtlp(body(long))[0]!;
    expect(span.parent).toBeUndefined();
    expect(String(span.attributes['db.query.text']).length).toBeLessThan(2_100);
  });

  it.each([
    [[]],
    ['text'],
    [{ resourceSpans: 3 }],
    [body({ ...reported, traceId: 'short' })],
    [body({ ...reported, startTimeUnixNano: 'soon' })],
  ])('is refused when it is none: %j', (wrong) => {
    expect(() => decodeOtlp(wrong)).toThrow();
  });
});
