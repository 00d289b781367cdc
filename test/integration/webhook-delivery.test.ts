import { createHmac } from 'node:crypto';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PaymentProvider } from '../../harness/domain/sandbox.ts';
import { startPaymentProvider } from '../../harness/third-parties/payments.ts';
import type { WebhookEvent } from '../../harness/third-parties/webhook-sender.ts';

const secret = 'whsec_test';

interface Delivery {
  readonly at: number;
  readonly signature: string;
  readonly raw: string;
  readonly event: WebhookEvent;
}

describe('webhook delivery', () => {
  let deliveries: Delivery[];
  let answer: (response: ServerResponse, nth: number) => void;
  let receiver: Server;
  let payments: PaymentProvider;

  beforeEach(async () => {
    deliveries = [];
    answer = (response) => response.end();
    receiver = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const raw = Buffer.concat(chunks).toString();
      const signature = String(request.headers['payments-signature']);
      deliveries.push({ at: Date.now(), signature, raw, event: JSON.parse(raw) });
      answer(response, deliveries.length);
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    payments = await startPaymentProvider({
      webhookUrl: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/v1/webhooks/payments`,
      webhookSecret: secret,
      seed: 7,
      retry: { firstMs: 20, longestMs: 80, tries: 4 },
    });
  });
  afterEach(async () => {
    await payments.close();
    receiver.closeAllConnections();
    await new Promise((resolve) => receiver.close(resolve));
  });

  async function charge(order: number): Promise<{ id: string; status: string }> {
    const answered = await fetch(`${payments.url}/v1/charges`, {
      method: 'POST',
      body: JSON.stringify({ amount: 1250, currency: 'EUR', reference: `order_${order}` }),
    });
    return (await answered.json()) as { id: string; status: string };
  }
  async function delivered(): Promise<void> {
    while (payments.undelivered() > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const entries = (kind: string) => payments.ledger().filter((entry) => entry.kind === kind);

  it('announces a collected charge once, signed over the raw body', async () => {
    const charged = await charge(7);
    expect(charged).toMatchObject({ status: 'processing', amount: 1250, currency: 'EUR', reference: 'order_7' });
    expect(payments.undelivered()).toBe(1);
    await delivered();
    expect(deliveries).toHaveLength(1);
    const { signature, raw, event } = deliveries[0]!;
    expect(event).toMatchObject({
      type: 'payment.succeeded',
      data: { payment: { id: charged.id, reference: 'order_7', amount: 1250, currency: 'EUR', status: 'succeeded' } },
    });
    const { t, v1 } = /^t=(?<t>\d+),v1=(?<v1>[0-9a-f]{64})$/.exec(signature)!.groups!;
    expect(v1).toBe(createHmac('sha256', secret).update(`${t}.${raw}`).digest('hex'));
    expect(Math.abs(Number(t) - Date.now() / 1000)).toBeLessThan(30);

    expect(payments.ledger().map((entry) => entry.kind)).toEqual(['charge', 'payment.succeeded', 'webhook.delivered']);
    for (const entry of payments.ledger()) {
      expect(entry.reference).toBe(charged.id);
      expect(entry.detail?.order).toBe('order_7');
    }
    const seen = await fetch(`${payments.url}/v1/payments/${charged.id}`);
    expect(await seen.json()).toMatchObject({ id: charged.id, status: 'succeeded' });
    expect((await fetch(`${payments.url}/v1/payments/pay_none`)).status).toBe(404);
  });

  it('retries the same event after a refusal, and stops when it is acknowledged', async () => {
    answer = (response, nth) => response.writeHead(nth < 3 ? 500 : 204).end();
    await charge(1);
    await delivered();
    expect(deliveries).toHaveLength(3);
    expect(new Set(deliveries.map(({ event }) => event.id)).size).toBe(1);
    expect(entries('webhook.failed').map((entry) => [entry.detail?.reason, entry.detail?.status])).toEqual([
      ['status', 500],
      ['status', 500],
    ]);
    expect(entries('webhook.delivered')).toHaveLength(1);
  });

  it('delivers again what was acknowledged too late', async () => {
    payments.deliver({ ackTimeoutMs: 100 });
    answer = (response, nth) => setTimeout(() => response.end(), nth === 1 ? 400 : 0);
    await charge(1);
    await delivered();
    expect(deliveries).toHaveLength(2);
    expect(entries('webhook.failed')[0]?.detail?.reason).toBe('timeout');
  });

  it('gives up in the end and says so', async () => {
    answer = (response) => response.destroy();
    await charge(1);
    await delivered();
    expect(deliveries).toHaveLength(4);
    expect(entries('webhook.failed')).toHaveLength(4);
    expect(entries('webhook.abandoned')).toHaveLength(1);
    expect(entries('webhook.delivered')).toHaveLength(0);
  });

  it('delivers copies that overtake those of other events', async () => {
    payments.deliver({ copies: 4, spreadMs: 300 });
    const ids = new Set<string>();
    for (let order = 1; order <= 5; order++) ids.add((await charge(order)).id);
    await delivered();
    const arrived = deliveries.map(({ event }) => event.data.payment.id);
    for (const id of ids) expect(arrived.filter((one) => one === id)).toHaveLength(4);
    expect(new Set(deliveries.map(({ event }) => event.id)).size).toBe(5);
    const firstSeen = [...new Set(arrived)];
    const inOrder = firstSeen.flatMap((id) => [id, id, id, id]);
    expect(arrived).not.toEqual(inOrder);
    expect(
      entries('webhook.delivered')
        .map((entry) => entry.detail?.copy)
        .sort(),
    ).toEqual([1, 2, 3, 4].flatMap((copy) => Array(5).fill(copy)));
  });

  it('retries only the copy that was not acknowledged', async () => {
    payments.deliver({ copies: 2, spreadMs: 0 });
    answer = (response, nth) => response.writeHead(nth === 1 ? 503 : 200).end();
    await charge(1);
    await delivered();
    expect(deliveries).toHaveLength(3);
    expect(entries('webhook.delivered')).toHaveLength(2);
  });

  it('drops what is outstanding on reset', async () => {
    answer = () => {};
    await charge(1);
    while (deliveries.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    payments.reset();
    expect(payments.undelivered()).toBe(0);
    answer = (response) => response.end();
    await charge(2);
    await delivered();
    expect(payments.ledger().map((entry) => entry.detail?.order)).toEqual(['order_2', 'order_2', 'order_2']);
  });
});
