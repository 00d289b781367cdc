import { insertOrderEvent } from '../orders/event-queries.ts';
import { findOrderForUpdate } from '../orders/queries.ts';
import { conflict } from '../platform/errors.ts';
import type { Services } from '../services.ts';

/** Asks the provider for the money. The order is locked meanwhile, so that it is neither cancelled nor checked out by somebody else. */
export async function checkOut(
  { database, paymentProvider }: Pick<Services, 'database' | 'paymentProvider'>,
  orderId: number,
  actorId: number,
): Promise<string> {
  const session = await database.session();
  await session.query('BEGIN');
  const order = await findOrderForUpdate(session, orderId);
  if (order?.status !== 'pending') throw conflict('Only a pending order can be checked out', 'order_not_pending');

  try {
    const { id: providerPaymentId } = await paymentProvider.charge(order);
    await insertOrderEvent(session, { orderId, actorId, kind: 'payment_requested', detail: { providerPaymentId } });
    await session.query('COMMIT');
    return providerPaymentId;
  } catch (error) {
    await session.query('ROLLBACK');
    throw error;
  } finally {
    session.release();
  }
}
