import { describe, expect, it } from 'vitest';
import type { LoadPlan } from '../../../harness/domain/workload.ts';
import { createRequestSequence } from '../../../harness/engines/request-sequence.ts';

const plan: LoadPlan = {
  requests: [
    { name: 'read', method: 'GET', path: '/orders/{order.id}?again={order.id}', weight: 3 },
    {
      name: 'pay',
      method: 'POST',
      path: '/orders/{unpaid.id}/pay',
      body: { by: '{order.id}', key: 'k-{n}' },
      weight: 1,
    },
  ],
  pools: {
    order: { draw: 'zipf', rows: Array.from({ length: 50 }, (_, id) => ({ id })) },
    unpaid: { draw: 'once', rows: Array.from({ length: 20 }, (_, id) => ({ id: 1000 + id })) },
  },
  seed: 42,
  timeoutMs: 1000,
  maxInFlight: 10,
};
const take = (count: number, sequence = createRequestSequence(plan)) =>
  Array.from({ length: count }, () => sequence.next());

describe('createRequestSequence', () => {
  it('is the same for the same seed and another for another', () => {
    expect(take(200)).toEqual(take(200));
    expect(take(200)).not.toEqual(take(200, createRequestSequence({ ...plan, seed: 43 })));
  });

  it('mixes by weight', () => {
    const endless = { ...plan, pools: { ...plan.pools, unpaid: { ...plan.pools.unpaid!, draw: 'uniform' as const } } };
    const reads = take(20_000, createRequestSequence(endless)).filter((request) => request?.method === 'GET').length;
    expect(Math.abs(reads - 15_000)).toBeLessThan(5 * Math.sqrt(20_000 * 0.75 * 0.25));
  });

  it('uses one row per pool within a request', () => {
    const sequence = createRequestSequence(plan);
    for (let count = 0; count < 50; count++) {
      const [, id, again] = /^\/orders\/(\d+)\?again=(\d+)$/.exec(sequence.nextOf('read')!.path)!;
      expect(id).toBe(again);
    }
  });

  it('gives nothing when a `once` pool is used up, and does not spend rows of other pools on it', () => {
    const sequence = createRequestSequence(plan);
    const paid = Array.from({ length: 21 }, () => sequence.nextOf('pay'));
    expect(new Set(paid.slice(0, 20).map((request) => request!.path)).size).toBe(20);
    expect(paid[20]).toBeUndefined();
    const before = sequence.distinctRows();
    for (let count = 0; count < 100; count++) sequence.nextOf('pay');
    expect(sequence.distinctRows()).toEqual(before);
  });

  it('numbers requests from where it is told to', () => {
    const sequence = createRequestSequence(plan, { firstNumber: 500 });
    expect([sequence.nextOf('pay')!.body, sequence.nextOf('pay')!.body].map((body) => JSON.parse(body!).key)).toEqual([
      'k-500',
      'k-501',
    ]);
  });

  it('sends JSON with its content type and says who it is', () => {
    const { headers } = createRequestSequence(plan).nextOf('pay')!;
    expect(headers).toEqual(
      expect.arrayContaining(['user-agent', 'tradepost-web/1', 'content-type', 'application/json']),
    );
  });

  it('lets a request set its own headers, whatever their case', () => {
    const own = { ...plan.requests[0]!, headers: { 'User-Agent': 'curl/8', 'X-Order': '{order.id}' } };
    const { headers, path } = createRequestSequence({ ...plan, requests: [own] }).next()!;
    expect(headers.filter((text) => text === 'user-agent')).toHaveLength(1);
    expect(headers).toContain('curl/8');
    expect(path).toContain(`/${headers[headers.indexOf('x-order') + 1]}?`);
  });

  it('refuses an empty pool, a mix without weight and an unknown name', () => {
    const refuse = (change: Partial<LoadPlan>) => () => createRequestSequence({ ...plan, ...change });
    expect(refuse({ pools: { order: { draw: 'zipf', rows: [] } } })).toThrow(
      expect.objectContaining({ code: 'POOL_EMPTY' }),
    );
    expect(refuse({ requests: [] })).toThrow(expect.objectContaining({ code: 'WORKLOAD_EMPTY' }));
    expect(() => createRequestSequence(plan).nextOf('reed')).toThrow(
      expect.objectContaining({ code: 'REQUEST_UNKNOWN' }),
    );
  });
});
