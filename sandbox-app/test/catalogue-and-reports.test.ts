import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientFor } from './support/client.ts';
import { startTradepost, type Tradepost } from './support/tradepost.ts';

let tradepost: Tradepost;

beforeAll(async () => {
  tradepost = await startTradepost();
});
afterAll(() => tradepost.stop());

const ownerClient = () => clientFor(tradepost.url, tradepost.people.owner);

describe('products', () => {
  it('are listed by category', async () => {
    const { body } = await ownerClient().get('/v1/products?category=buoys');
    expect(body.data).toHaveLength(1);
    expect(body.data[0]).toMatchObject({ sku: 'BUOY-R', priceCents: 9_900 });
  });

  it('are found by words of their name', async () => {
    const { body } = await ownerClient().get('/v1/products/search?q=rope+mooring');
    expect(body.data.map((product: { sku: string }) => product.sku)).toEqual(['ROPE-10']);
  });
});

describe('reports', () => {
  it('sum up usage by metric and day', async () => {
    const path = `/v1/accounts/${tradepost.people.owner.accountId}/usage`;
    const occurredAt = '2026-03-04T10:00:00Z';
    expect((await ownerClient().post(path, { metric: 'labels', quantity: 2, occurredAt })).status).toBe(201);
    await ownerClient().post(path, { metric: 'labels', quantity: 3, occurredAt });
    const { body } = await ownerClient().get(`${path}?from=2026-03-01&to=2026-04-01`);
    expect(body.data).toEqual([{ metric: 'labels', day: '2026-03-04', events: 2, quantity: 5 }]);
  });

  it('export orders as CSV', async () => {
    const path = `/v1/accounts/${tradepost.people.owner.accountId}/orders`;
    await ownerClient().post(path, { notes: 'Say "hi"', items: [{ productId: 1, quantity: 1 }] });
    const { headers, body } = await ownerClient().get(`${path}/export`);
    expect(headers.get('content-type')).toContain('text/csv');
    expect(body).toContain('"€42.00"');
    expect(body).toContain('"Say ""hi"""');
  });
});

describe('operations', () => {
  it('report health and metrics', async () => {
    const client = clientFor(tradepost.url);
    expect((await client.get('/healthz')).status).toBe(200);
    expect((await client.get('/readyz')).body).toEqual({ status: 'ready', postgres: 'ok', redis: 'ok' });
    const { body } = await client.get('/metrics');
    expect(body).toContain('route="/v1/products/search"');
    expect(body).toContain('pg_pool_connections{state="total",instance="test"}');
  });
});
