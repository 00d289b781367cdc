import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { FulfilmentPartner } from '../../harness/domain/sandbox.ts';
import { startFulfilmentPartner } from '../../harness/third-parties/fulfilment.ts';

let partner: FulfilmentPartner;
beforeAll(async () => {
  partner = await startFulfilmentPartner();
});
afterEach(() => partner.reset());
afterAll(() => partner.close());

const shipment = (n: number) => ({ orderReference: `order_${n}`, paymentReference: `pay_${n}` });
async function post(path: string, body: unknown, key?: string) {
  const headers: Record<string, string> = key === undefined ? {} : { 'idempotency-key': key };
  const answer = await fetch(partner.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: answer.status, body: (await answer.json()) as { ids?: readonly string[] } };
}
/** What took effect; calls end, and are recorded, in their own time. */
const effects = () => partner.ledger().filter(({ kind }) => kind !== 'call');
const recorded = () => effects().map(({ kind, reference }) => `${kind} ${reference}`);

it('takes the shipments of a batch in their order, once per key', async () => {
  const batch = { shipments: [1, 2].map(shipment) };
  const { status, body } = await post('/v1/shipments/batch', batch, 'k');
  expect(status).toBe(201);
  expect(body.ids).toEqual(effects().map(({ detail }) => detail?.id));
  expect((await post('/v1/shipments/batch', batch, 'k')).body).toEqual(body);
  expect(recorded()).toEqual(['shipment pay_1', 'shipment pay_2', 'replay pay_1']);
});

it('refuses what it cannot deliver, and the whole batch that it is in', async () => {
  partner.refuse(['order_2']);
  expect(await post('/v1/shipments', shipment(2))).toMatchObject({
    status: 422,
    body: { error: { code: 'undeliverable', message: 'order_2 cannot be delivered' } },
  });
  expect((await post('/v1/shipments/batch', { shipments: [1, 2, 3].map(shipment) })).status).toBe(422);
  expect((await post('/v1/shipments', shipment(3))).status).toBe(201);
  expect(recorded()).toEqual(['refused pay_2', 'refused pay_2', 'shipment pay_3']);
});

it('records each try of an order that it refuses, also when its key comes back', async () => {
  partner.refuse(['order_2']);
  expect((await post('/v1/shipments', shipment(2), 'k')).status).toBe(422);
  expect((await post('/v1/shipments', shipment(2), 'k')).status).toBe(422);
  expect(recorded()).toEqual(['refused pay_2', 'refused pay_2']);
});

it('takes no empty batch, and none of more than a hundred', async () => {
  for (const shipments of [[], Array.from({ length: 101 }, (_, n) => shipment(n))])
    expect((await post('/v1/shipments/batch', { shipments })).status).toBe(422);
  expect(recorded()).toEqual([]);
});

it('tells where it delivers, and forgets on reset where it does not', async () => {
  const deliverable = async () => (await fetch(`${partner.url}/v1/destinations/order_2`)).json();
  expect(await deliverable()).toEqual({ deliverable: true });
  partner.refuse(['order_2']);
  expect(await deliverable()).toEqual({ deliverable: false });
  partner.reset();
  expect(await deliverable()).toEqual({ deliverable: true });
});
