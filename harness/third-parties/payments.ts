import { z } from 'zod';
import { seededRandom } from '../domain/random.ts';
import type { DeliveryBehaviour, PaymentProvider } from '../domain/sandbox.ts';
import { newId, refusal, startProviderServer, whenValid } from './provider-server.ts';
import { createWebhookSender, type RetryPolicy } from './webhook-sender.ts';

/** How long the provider takes to collect a charge, milliseconds. */
const COLLECTING_MS = 50;

const chargeSchema = z.object({
  amount: z.int().positive(),
  currency: z.string().regex(/^[A-Za-z]{3}$/, 'must be a three-letter code'),
  reference: z.string().min(1),
});

interface Payment extends z.infer<typeof chargeSchema> {
  readonly id: string;
  readonly status: 'processing' | 'succeeded';
}

/**
 * Starts the payment provider: `POST /v1/charges {amount, currency, reference}` → 201 with a payment in `processing`, which succeeds 50 ms later
 * and is then announced by a signed webhook; `GET /v1/payments/:id` → 200 or 404.
 *
 * Ledger, under the provider's payment id: `charge`, `payment.succeeded`, `webhook.delivered` (acknowledged), `webhook.failed`,
 * `webhook.abandoned`, `replay`; `detail.order` is the reference that the app gave.
 * @param options.webhookUrl where events are posted
 * @param options.webhookSecret key of the `Payments-Signature`
 * @param options.seed seed of failures, delays of copies and retry jitter
 * @param options.retry how undelivered webhooks are retried; default: for about a minute
 */
export async function startPaymentProvider(options: {
  readonly webhookUrl: string;
  readonly webhookSecret: string;
  readonly seed: number;
  readonly retry?: RetryPolicy;
}): Promise<PaymentProvider> {
  const payments = new Map<string, Payment>();
  let delivery: DeliveryBehaviour = {};

  const charge = (wanted: z.infer<typeof chargeSchema>) => {
    const payment: Payment = { id: newId('pay'), status: 'processing', ...wanted };
    payments.set(payment.id, payment);
    const detail = { order: payment.reference, amount: payment.amount, currency: payment.currency };
    server.record('charge', payment.id, detail);
    webhooks.announce(COLLECTING_MS, () => {
      const succeeded: Payment = { ...payment, status: 'succeeded' };
      payments.set(payment.id, succeeded);
      server.record('payment.succeeded', payment.id, detail);
      return {
        id: newId('evt'),
        type: 'payment.succeeded',
        created: Math.floor(Date.now() / 1000),
        data: { payment: succeeded },
      };
    });
    return { status: 201, body: payment, reference: payment.id };
  };

  const server = await startProviderServer({
    random: seededRandom(options.seed, 'payments'),
    endpoints: [
      { method: 'POST', path: /^\/v1\/charges$/, answer: ({ body }) => whenValid(chargeSchema, body, charge) },
      {
        method: 'GET',
        path: /^\/v1\/payments\/([^/]+)$/,
        answer: ({ id }) => {
          const payment = payments.get(id);
          return payment ? { status: 200, body: payment } : refusal(404, 'not_found', `There is no payment ${id}`);
        },
      },
    ],
  });
  const webhooks = createWebhookSender({
    url: options.webhookUrl,
    secret: options.webhookSecret,
    random: seededRandom(options.seed, 'webhooks'),
    delivery: () => delivery,
    record: server.record,
    ...(options.retry && { retry: options.retry }),
  });

  const { record: _, ...party } = server;
  return {
    name: 'payments',
    ...party,
    deliver(behaviour) {
      delivery = behaviour;
    },
    undelivered: webhooks.outstanding,
    reset() {
      webhooks.forget();
      delivery = {};
      payments.clear();
      server.reset();
    },
    async close() {
      await server.close();
      await webhooks.close();
    },
  };
}
