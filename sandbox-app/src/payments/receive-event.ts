import { insertOrderEvent } from '../orders/event-queries.ts';
import { findOrder, markOrderPaid, type OrderRow } from '../orders/queries.ts';
import { parseOrderReference } from '../orders/reference.ts';
import { AppError, conflict } from '../platform/errors.ts';
import type { Services } from '../services.ts';
import { creditAccount, insertPayment } from './queries.ts';
import type { PaymentEvent } from './webhook-event.ts';

type ReceiveServices = Pick<Services, 'database' | 'orderQueue' | 'paymentProvider'>;

async function referencedOrder({ database }: ReceiveServices, reference: string): Promise<OrderRow> {
  const orderId = parseOrderReference(reference);
  const order = orderId && (await findOrder(database, orderId));
  if (!order) throw new AppError(422, 'unknown_reference', `No order goes by ${reference}`);
  return order;
}

async function paymentSucceeded(services: ReceiveServices, paymentId: string): Promise<void> {
  const { database, orderQueue, paymentProvider } = services;
  const payment = await paymentProvider.payment(paymentId);
  if (payment.status !== 'succeeded')
    throw conflict('The provider has not settled this payment', 'payment_not_settled');

  const order = await referencedOrder(services, payment.reference);
  await insertPayment(database, {
    orderId: order.id,
    providerPaymentId: payment.id,
    amountCents: payment.amount,
    currency: payment.currency,
  });
  await markOrderPaid(database, order.id);
  await creditAccount(database, order.accountId, payment.amount);
  await insertOrderEvent(database, { orderId: order.id, kind: 'paid', detail: { providerPaymentId: payment.id } });
  await orderQueue.orderPaid({ orderId: order.id, paymentId: payment.id });
}

async function paymentFailed(services: ReceiveServices, { id, reference }: { id: string; reference: string }) {
  const order = await referencedOrder(services, reference);
  await insertOrderEvent(services.database, {
    orderId: order.id,
    kind: 'payment_failed',
    detail: { providerPaymentId: id },
  });
}

/** Acts on what the payment provider reports. */
export async function receivePaymentEvent(services: ReceiveServices, event: PaymentEvent): Promise<void> {
  const { payment } = event.data;
  if (event.type === 'payment.succeeded') await paymentSucceeded(services, payment.id);
  else await paymentFailed(services, payment);
}
