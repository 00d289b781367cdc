import { describe, expect, it } from 'vitest';
import type { Trace } from '../../../../harness/domain/trace.ts';
import { createTraceStore } from '../../../../harness/meters/traces/trace-store.ts';
import { span } from '../../../support/spans.ts';

const hex = (n: number) => n.toString(16).padStart(32, '0');
const request = (n: number, durationMs: number, name = 'GET /a') => [
  { traceId: hex(n), span: span({ id: `root-${n}`, name, kind: 'server', durationMs }) },
];
const kept = (lines: readonly string[]) => lines.map((line) => JSON.parse(line) as Trace);
const idsOf = (lines: readonly string[]) => kept(lines).map(({ id }) => Number.parseInt(id, 16));

describe('the store of traces', () => {
  it('keeps the newest, and beyond them the slowest of each route', () => {
    const store = createTraceStore({ newest: 3, slowestPerRoute: 1 });
    store.add([...request(1, 900), ...request(2, 10), ...request(3, 500, 'GET /b')]);
    for (let n = 4; n <= 20; n++) store.add(request(n, 20));
    expect(idsOf(store.lines())).toEqual([1, 3, 18, 19, 20]);
  });

  it('adds up what several processes report of one trace, but not what comes after it was forgotten', () => {
    const store = createTraceStore({ newest: 1, slowestPerRoute: 0 });
    store.add(request(1, 10));
    store.add([{ traceId: hex(1), span: span({ id: 'job', parent: 'root-1', process: 'worker-1' }) }]);
    expect(kept(store.lines())[0]!.spans.map(({ process }) => process)).toEqual(['api-1', 'worker-1']);
    store.add(request(2, 10));
    store.add([{ traceId: hex(1), span: span({ id: 'late', parent: 'root-1' }) }]);
    expect(idsOf(store.lines())).toEqual([2]);
  });

  it('keeps so many spans of one trace and counts the others', () => {
    const store = createTraceStore({ spansPerTrace: 10 });
    store.add(Array.from({ length: 25 }, (_, n) => ({ traceId: hex(1), span: span({ id: String(n) }) })));
    expect(kept(store.lines())[0]).toMatchObject({ dropped: 15, spans: { length: 10 } });
  });

  it('stays below its size whatever is reported', () => {
    const bytes = 20_000;
    const store = createTraceStore({ bytes });
    for (let n = 0; n < 500; n++) {
      const attributes = { 'url.path': `/${'x'.repeat(500)}` };
      store.add([{ traceId: hex(n), span: span({ id: String(n), name: `GET /${n}`, attributes }) }]);
    }
    const size = store.lines().join('').length;
    expect(size).toBeGreaterThan(bytes / 2);
    expect(size).toBeLessThan(bytes * 1.5);
    expect(idsOf(store.lines()).at(-1)).toBe(499);
  });

  it('says when something was added', () => {
    const store = createTraceStore();
    const before = store.version();
    store.add(request(1, 10));
    expect(store.version()).not.toBe(before);
  });
});
