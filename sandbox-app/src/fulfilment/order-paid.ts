import { sendMail } from '../notifications/mail.ts';
import { markOrderFulfilled } from '../orders/queries.ts';
import type { OrderPaidJob } from '../platform/queue.ts';
import type { Services } from '../services.ts';
import { requestShipment } from './partner.ts';
import { findPaidOrder, insertShipment } from './queries.ts';

/** A paid order goes out of the warehouse, then its buyer gets a confirmation. */
export async function fulfilPaidOrder(
  { config, database }: Pick<Services, 'config' | 'database'>,
  { orderId, paymentId }: OrderPaidJob,
): Promise<void> {
  const order = await findPaidOrder(database, orderId);
  if (!order) throw new Error(`Order ${orderId} does not exist`);

  const partnerRef = await requestShipment(config, order.id, paymentId);
  await insertShipment(database, order.id, partnerRef);
  await markOrderFulfilled(database, order.id);

  await sendMail(config, {
    to: order.buyerEmail,
    template: 'order-confirmation',
    reference: paymentId,
    variables: {
      name: order.buyerName,
      orderNumber: order.number,
      totalCents: order.totalCents,
      currency: order.currency,
    },
  });
}
