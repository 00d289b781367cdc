import type { Queryable } from '../platform/database.ts';

/** False when the order is not pending. */
export async function markPendingOrderPaid(db: Queryable, orderId: number): Promise<boolean> {
  const paid = await db.query<{ id: number }>(
    `UPDATE orders SET status = 'paid', paid_at = now() WHERE id = $1 AND status = 'pending' RETURNING id`,
    [orderId],
  );
  return paid.length > 0;
}
