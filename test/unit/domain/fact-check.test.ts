import { describe, expect, it } from 'vitest';
import { parseDiagnosis } from '../../../harness/domain/diagnosis.ts';
import { checkClaim, type RecordedFacts } from '../../../harness/domain/fact-check.ts';
import type { LiveSample } from '../../../harness/domain/journal.ts';
import type { Span } from '../../../harness/domain/trace.ts';

const sample = (p95: number, statementsPerRequest: number): LiveSample => ({
  phase: 'incident',
  ratePerSecond: 40,
  errorRate: 0.25,
  requests: { 'open order': { rate: 40, p50: 20, p95, p99: 2 * p95, errors: 0 } },
  dropped: 0,
  statementsPerRequest,
});
const surveyed = (buffers: number) => ({ request: 'open order', statements: 4, rows: 10, buffers, answers: [] });
const span = (id: string, attributes: Span['attributes']): Span => ({
  id,
  name: id,
  kind: 'client',
  process: 'api-1',
  startMs: 1_000,
  durationMs: 80,
  attributes,
});
const select = { 'db.system.name': 'postgresql', 'db.query.text': 'SELECT 1' };

const facts: RecordedFacts = {
  isJudged: true,
  statements: new Map([['1f3a9c20', { query: 'SELECT $1', calls: 100, rows: 300, buffers: 2_400, execMs: 50 }]]),
  survey: { before: [surveyed(12_000)], after: [surveyed(24)] },
  samples: [
    { time: '14:02:59', sample: sample(30, 4) },
    { time: '14:03:10', sample: sample(4_800, 102) },
    { time: '14:03:11', sample: sample(5_000, 102) },
  ],
  plans: [
    { query: 'SELECT', durationMs: 62, plan: 'Gather\n  ->  Parallel Seq Scan on order_items  (cost=0.00..1.00)' },
  ],
  traces: [{ id: '4bf92f3577b34da6', spans: [span('a', select), span('b', select), span('c', {})], dropped: 0 }],
  ledgers: { payments: [{ at: 1, kind: 'charge', reference: 'order_1' }], mail: [], fulfilment: [] },
};

function verdictOn(sentence: string, given = facts): string {
  const [claim] = parseDiagnosis(`## Root cause\n${sentence}`).claims;
  return checkClaim(claim!, given).verdict;
}

describe('a claim', () => {
  it.each([
    ['p95 was 4,850 ms [metric:route=open order,14:03:10,14:03:11]'],
    ['p95 was 4.9 s [metric:route=open order,14:03,14:03]'],
    ['p99 of 10,000 ms [metric:route=open order,14:03]'],
    ['with 102 statements per request [metric:14:03]'],
    ['25 % failed [metric:14:03]'],
    ['40 requests/s arrived [metric:route=open order]'],
    ['it reads 12 010 pages [survey:open order,before]'],
    ['4 statements [survey:open order,after]'],
    ['500 times fewer pages [survey:open order]'],
    ['it scans [plan:Seq Scan on order_items]'],
    ['for 62 ms [plan:Parallel Seq Scan on order_items]'],
    ['with 24 pages per call [statement:1f3a]'],
    ['after 100 calls [statement:1f3a9c20]'],
    ['2 statements [trace:4bf92f35]'],
    ['1 charge [ledger:payments.charge]'],
  ])('is confirmed: %s', (sentence) => {
    expect(verdictOn(sentence)).toBe('confirmed');
  });

  it.each([
    ['p95 was 900 ms [metric:route=open order,14:03:10,14:03:11]'],
    ['p95 was 4,850 ms [metric:route=open order,14:02,14:02]'],
    ['p95 was 4,850 ms [metric:route=open order,15:00,15:01]'],
    ['it reads 24 pages [survey:open order,before]'],
    ['20 times fewer pages [survey:open order]'],
    ['it reads 24 pages [survey:close order,before]'],
    ['it scans [plan:Seq Scan on orders]'],
    ['for 400 ms [plan:Seq Scan on order_items]'],
    ['with 99 pages per call [statement:1f3a]'],
    ['it is [statement:ffff]'],
    ['100 statements [trace:4bf92f35]'],
    ['it is [trace:0000]'],
    ['150 charges [ledger:payments.charge]'],
    ['there were some [ledger:mail.message]'],
  ])('is contradicted: %s', (sentence) => {
    expect(verdictOn(sentence)).toBe('contradicted');
  });

  it.each([
    ['with 7 buffaloes [statement:1f3a]'],
    ['500 times better [survey:open order]'],
    ['7 waiting [metric:14:03]'],
    ['7 parcels [ledger:courier.parcel]'],
    ['12 rows [plan:Seq Scan on order_items]'],
    ['it is less work [survey:open order]'],
    ['it does more [survey:open order,before]'],
    ['it got slow [metric:route=open order,14:03]'],
  ])('can not be checked: %s', (sentence) => {
    expect(verdictOn(sentence)).toBe('not checkable');
  });

  it('about a time is held against what was usual then, of the seconds in which somebody was answered', () => {
    const seconds = [0, 8, 900, 1_000, 1_100, 1_200, 1_300, 4_000];
    const samples = seconds.map((p95, i) => ({
      time: `14:05:0${i}`,
      sample: {
        ...sample(p95, 4),
        requests: { 'open order': { rate: p95 === 0 ? 0 : 40, p50: p95, p95, p99: p95, errors: 0 } },
      },
    }));
    const on = (ms: string) => verdictOn(`p95 was ${ms} [metric:route=open order,14:05]`, { ...facts, samples });
    expect(['1,000 ms', '1,250 ms', '4,000 ms', '8 ms'].map(on)).toEqual(Array(4).fill('confirmed'));
    expect(['0 ms', '500 ms', '2,500 ms'].map(on)).toEqual(Array(3).fill('contradicted'));
  });

  it('about what only a judgement measures can not be checked before there is one', () => {
    const early = { ...facts, isJudged: false, statements: new Map(), survey: { before: [], after: [] } };
    expect(verdictOn('it reads 24 pages [survey:open order,after]', early)).toBe('not checkable');
    expect(verdictOn('it scans [plan:Seq Scan on order_items]', early)).toBe('confirmed');
  });
});
