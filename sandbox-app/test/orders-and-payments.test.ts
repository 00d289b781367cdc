import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startReleaseWorker } from '../src/fulfilment/release-worker.ts';
import { startOrderWorker } from '../src/fulfilment/worker.ts';
import { clientFor } from './support/client.ts';
import { startTradepost, type Tradepost } from './support/tradepost.ts';

let tradepost: Tradepost;

beforeAll(async () => {
  tradepost = await startTradepost();
  const worker = startOrderWorker(tradepost.services);
  tradepost.lifecycle.onStop('order worker', () => worker.close());
  const releaseWorker = startReleaseWorker(tradepost.services);
  tradepost.lifecycle.onStop('release worker', () => releaseWorker.close());
});
afterAll(() => tradepost.stop());

const buyerClient = () => clientFor(tradepost.url, tradepost.people.buyer);

async function placeOrder(quantity: number) {
  const path = `/v1/accounts/${tradepost.people.buyer.accountId}/orders`;
  return buyerClient().post(path, { notes: 'Rear gate', items: [{ productId: 1, quantity }] });
}

async function deliverWebhook(payment: Record<string, unknown>) {
  const event = { id: 'evt_1', type: 'payment.succeeded', created: 1_700_000_000, data: { payment } };
  const body = JSON.stringify(event);
  const time = Math.floor(Date.now() / 1_000);
  const signature = createHmac('sha256', 'test-secret').update(`${time}.${body}`).digest('hex');
  return fetch(`${tradepost.url}/webhooks/payments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'payments-signature': `t=${time},v1=${signature}` },
    body,
  });
}

describe('orders', () => {
  it('are placed and take goods from stock', async () => {
    const { status, body } = await placeOrder(3);
    expect(status).toBe(201);
    expect(body).toMatchObject({ status: 'pending', totalCents: 12_600, items: [{ sku: 'ROPE-10', quantity: 3 }] });
    expect((await buyerClient().get('/v1/products/1')).body.stock).toBe(97);
    expect((await buyerClient().get(`/v1/orders/${body.id}`)).body).toEqual(body);
  });

  it('are found by words of their number and notes', async () => {
    const { body: placed } = await placeOrder(1);
    const path = `/v1/accounts/${tradepost.people.buyer.accountId}/orders/search`;
    const { body } = await buyerClient().get(`${path}?q=gate+${placed.number}`);
    expect(body.data).toMatchObject([{ id: placed.id, notes: 'Rear gate' }]);
    expect((await buyerClient().get(`${path}?q=front+gate`)).body.data).toEqual([]);
  });

  it('are listed newest first and filtered by status', async () => {
    const { body: order } = await placeOrder(1);
    const path = `/v1/accounts/${tradepost.people.buyer.accountId}/orders`;
    const { body } = await buyerClient().get(`${path}?status=pending`);
    expect(body.data[0]).toMatchObject({ id: order.id, placedByName: 'bob', latestPayment: null });
    const older = await buyerClient().get(`${path}?limit=1&after=${order.id}`);
    expect(older.body.data[0].id).toBeLessThan(order.id);
    expect((await buyerClient().get(`${path}?status=paid`)).body.data).toEqual([]);
  });

  it('can be cancelled while pending', async () => {
    const { body: order } = await placeOrder(2);
    const { body } = await buyerClient().post(`/v1/orders/${order.id}/cancel`);
    expect(body.status).toBe('cancelled');
    const events = await buyerClient().get(`/v1/orders/${order.id}/events`);
    expect(events.body.data.map((event: { kind: string }) => event.kind)).toEqual(['placed', 'cancelled']);
    expect((await buyerClient().post(`/v1/orders/${order.id}/cancel`)).status).toBe(409);
  });
});

describe('payments', () => {
  it('lead from a charge to a shipped order and a confirmation', async () => {
    const { payments, mail, fulfilment } = tradepost.partners;
    const { body: order } = await placeOrder(5);
    const requested = await buyerClient().post(`/v1/orders/${order.id}/payments`);
    expect(requested.status).toBe(202);
    expect(requested.body).toEqual({ providerPaymentId: expect.stringMatching(/^pay_/), status: 'processing' });
    expect(payments.requests.at(-1)?.headers['idempotency-key']).toBe(`charge-order-${order.id}`);

    const reference = `order_${order.id}`;
    const { providerPaymentId } = requested.body;
    const delivered = await deliverWebhook({
      id: providerPaymentId,
      reference,
      amount: order.totalCents,
      currency: 'EUR',
      status: 'succeeded',
    });
    expect(delivered.status).toBe(200);
    expect(await delivered.json()).toEqual({ received: true });

    await expect.poll(() => mail.requests.length, { timeout: 5_000 }).toBe(1);
    expect(fulfilment.requests[0]?.body).toEqual({ orderReference: reference, paymentReference: providerPaymentId });
    expect(mail.requests[0]?.body).toMatchObject({ to: 'bob@example.com', template: 'order-confirmation' });

    const client = buyerClient();
    expect((await client.get(`/v1/orders/${order.id}`)).body.status).toBe('fulfilled');
    expect((await client.get(`/v1/orders/${order.id}/payments`)).body.data[0]).toMatchObject({ amountCents: 21_000 });
    expect((await client.get(`/v1/orders/${order.id}/shipments`)).body.data[0]).toMatchObject({ partnerRef: 'shp_1' });
  });

  it('are asked for by a checkout, of pending orders only', async () => {
    const { body: order } = await placeOrder(1);
    const requested = await buyerClient().post(`/v1/orders/${order.id}/checkout`);
    expect(requested.status).toBe(202);
    expect(requested.body).toEqual({ providerPaymentId: expect.stringMatching(/^pay_/), status: 'processing' });
    await buyerClient().post(`/v1/orders/${order.id}/cancel`);
    expect((await buyerClient().post(`/v1/orders/${order.id}/checkout`)).status).toBe(409);
  });

  it('by bank transfer are booked by staff and release the order to be shipped', async () => {
    const staffClient = clientFor(tradepost.url, tradepost.people.staff);
    const { body: order } = await placeOrder(2);
    const path = `/v1/orders/${order.id}/transfers`;
    const booked = await staffClient.post(path, { bankReference: 'SEPA20260107' });
    expect(booked.status).toBe(202);
    expect(booked.body).toEqual({ paymentId: 'transfer-SEPA20260107', status: 'released' });

    const client = buyerClient();
    const statusNow = async () => (await client.get(`/v1/orders/${order.id}`)).body.status;
    await expect.poll(statusNow, { timeout: 5_000 }).toBe('fulfilled');
    expect((await client.get(`/v1/orders/${order.id}/shipments`)).body.data).toMatchObject([{ status: 'requested' }]);
    expect((await client.get(`/v1/orders/${order.id}/payments`)).body.data[0]).toMatchObject({ amountCents: 8_400 });
    expect((await staffClient.post(path, { bankReference: 'SEPA20260107' })).status).toBe(409);
    expect((await client.post(path, { bankReference: 'SEPA20260107' })).status).toBe(403);
  });

  it('are only believed when signed', async () => {
    const response = await fetch(`${tradepost.url}/webhooks/payments`, { method: 'POST', body: '{}' });
    expect(response.status).toBe(400);
  });
});
