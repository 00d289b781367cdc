import { insertOrderEvent } from '../orders/event-queries.ts';
import type { OrderRow } from '../orders/queries.ts';
import { conflict } from '../platform/errors.ts';
import type { Services } from '../services.ts';
import { creditAccount, insertPayment } from './queries.ts';
import { markPendingOrderPaid } from './transfer-queries.ts';

/** A bank transfer pays an order in full: it is paid, and released to be shipped. Returns our id of the payment. */
export async function bookTransfer(
  { database, releaseQueue }: Pick<Services, 'database' | 'releaseQueue'>,
  order: OrderRow,
  { bankReference, actorId }: { bankReference: string; actorId: number },
): Promise<string> {
  const paymentId = `transfer-${bankReference}`;
  await database.transaction(async (tx) => {
    if (!(await markPendingOrderPaid(tx, order.id))) {
      throw conflict('Only a pending order can be paid', 'order_not_pending');
    }
    await insertPayment(tx, {
      orderId: order.id,
      providerPaymentId: paymentId,
      amountCents: order.totalCents,
      currency: order.currency,
    });
    await insertOrderEvent(tx, { orderId: order.id, actorId, kind: 'paid', detail: { bankReference } });
    await creditAccount(tx, order.accountId, order.totalCents);
  });
  await releaseQueue.release({ orderId: order.id, paymentId });
  return paymentId;
}
