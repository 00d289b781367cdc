import { describe, expect, it } from 'vitest';
import type { LoadPlan } from '../../../harness/domain/workload.ts';
import { arrivalExecutor, courseOf } from '../../../harness/engines/k6/arrival-executor.ts';
import { readK6Line } from '../../../harness/engines/k6/k6-output.ts';
import { dealRows, dealtPosition, scriptData } from '../../../harness/engines/k6/script-data.ts';
import { testRun } from '../../../harness/engines/k6/test-run.ts';
import { createRequestSequence } from '../../../harness/engines/request-sequence.ts';

const plan: LoadPlan = {
  requests: [
    { name: 'read', method: 'GET', path: '/things/{thing.id}', weight: 3 },
    {
      name: 'pay',
      method: 'POST',
      path: '/orders/{order.id}',
      body: { of: '{thing.id}', with: '{card.id}' },
      weight: 1,
    },
  ],
  pools: {
    thing: { draw: 'uniform', rows: Array.from({ length: 9 }, (_, id) => ({ id })) },
    order: { draw: 'once', rows: Array.from({ length: 30 }, (_, id) => ({ id: 100 + id })) },
    card: { draw: 'once', rows: Array.from({ length: 20 }, (_, id) => ({ id: 200 + id })) },
    unused: { draw: 'once', rows: [{ id: 1 }] },
  },
  seed: 3,
  timeoutMs: 1000,
  maxInFlight: 300,
};

describe('what is dealt in advance', () => {
  it('gives each number the request it has in a single process, in whatever order numbers are asked for', () => {
    const single = createRequestSequence(plan);
    const expected = Array.from({ length: 400 }, (_, index) => [index + 1, single.next()] as const);
    const deals = dealRows(plan);
    const dealt = createRequestSequence(plan, { deal: (pool) => dealtPosition(deals[pool]!) });
    for (const [number, request] of expected.reverse()) expect(dealt.at(number)).toEqual(request);
  });
});

describe('a course of the rate', () => {
  const endless = Number.POSITIVE_INFINITY;

  it('is constant in k6 when it is', () => {
    const course = courseOf(12.5, [{ kind: 'constant', times: 2, seconds: endless }]);
    expect(arrivalExecutor(course, 300)).toEqual({
      ...{ executor: 'constant-arrival-rate', rate: 2500, timeUnit: '100s', duration: '86400s' },
      ...{ preAllocatedVUs: 50, maxVUs: 50 },
    });
  });

  it('jumps and ramps as its stages do, and then stays', () => {
    const course = courseOf(10, [
      { kind: 'constant', times: 1, seconds: 5 },
      { kind: 'ramp', from: 2, to: 4, seconds: 3 },
    ]);
    expect(arrivalExecutor(course, 300)).toMatchObject({
      executor: 'ramping-arrival-rate',
      startRate: 1000,
      stages: [
        { duration: '0s', target: 1000 },
        { duration: '5s', target: 1000 },
        { duration: '0s', target: 2000 },
        { duration: '3s', target: 4000 },
        { duration: '0s', target: 4000 },
        { duration: '86400s', target: 4000 },
      ],
      preAllocatedVUs: 80,
    });
  });

  it('never has more virtual users than requests may be in flight, and survives JSON', () => {
    const course = JSON.parse(JSON.stringify(courseOf(1000, [{ kind: 'constant', times: 1, seconds: endless }])));
    expect(arrivalExecutor(course, 300)).toMatchObject({ preAllocatedVUs: 300, duration: '86400s' });
  });
});

describe('thresholds', () => {
  it('are the bounds in the words of k6, without those it could not parse', () => {
    const bounds: LoadPlan['bounds'] = [
      { measure: 'p95', atMost: 500 },
      { measure: 'p99', atMost: 900 },
      { request: 'read', measure: 'errors', atMost: 0.01 },
      { request: 'read: twice', measure: 'p95', atMost: 1 },
    ];
    expect(scriptData({ ...plan, bounds }, courseOf(1, [])).plan.thresholds).toEqual({
      http_req_duration: ['p(95)<500', 'p(99)<900'],
      'http_req_failed{name:read}': ['rate<=0.01'],
    });
  });
});

describe('the resource for k6-operator', () => {
  it('takes a volume where the folder is too large for a ConfigMap', () => {
    expect(testRun('big', 5_000_000)).toContain('volumeClaim:\n      name: big');
    expect(testRun('small', 5_000)).toContain('kubectl create configmap small');
  });
});

describe('readK6Line', () => {
  const line = (metric: string, data: object) => JSON.stringify({ metric, type: 'Point', data });
  const time = '2026-11-24T21:00:00.5+01:00';
  const at = Date.UTC(2026, 10, 24, 20, 0, 0, 500);

  it('reads what the script and the executors say, in any time zone, and nothing else', () => {
    expect(readK6Line(line('gameday_arrived', { time, value: 1, metadata: { n: '7' } }))).toEqual({
      type: 'arrived',
      at,
      number: 7,
    });
    const tags = { ending: 'timeout' };
    expect(readK6Line(line('gameday_answered', { time, value: 1.5, tags, metadata: { n: '7' } }))).toEqual({
      ...{ type: 'answered', at, number: 7 },
      ...{ latencyMs: 1.5, ending: 'timeout' },
    });
    expect(readK6Line(line('dropped_iterations', { time, value: 1 }))).toEqual({ type: 'dropped', at });
    expect(readK6Line(line('http_req_duration', { time, value: 1 }))).toBeUndefined();
    expect(
      readK6Line('{"type":"Metric","data":{"name":"gameday_arrived"},"metric":"gameday_arrived"}'),
    ).toBeUndefined();
  });
});
