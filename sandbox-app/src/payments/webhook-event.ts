import { z } from 'zod';
import { badRequest } from '../platform/errors.ts';
import { parse } from '../platform/validation.ts';

const paymentEvent = z.object({
  id: z.string().startsWith('evt_'),
  type: z.enum(['payment.succeeded', 'payment.failed']),
  created: z.union([z.number(), z.string()]),
  data: z.object({
    payment: z.object({
      id: z.string().startsWith('pay_'),
      reference: z.string(),
      amount: z.number().int(),
      currency: z.string(),
      status: z.string(),
    }),
  }),
});

export type PaymentEvent = z.output<typeof paymentEvent>;

export function parsePaymentEvent(rawBody: Buffer): PaymentEvent {
  let body: unknown;
  try {
    body = JSON.parse(rawBody.toString('utf8'));
  } catch {
    throw badRequest('The body is not JSON');
  }
  return parse(paymentEvent, body);
}
