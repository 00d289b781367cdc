import type { Queryable } from '../platform/database.ts';
import type { PageRequest } from '../platform/validation.ts';

export interface Shipment {
  id: number;
  partnerRef: string;
  status: 'requested' | 'shipped' | 'delivered';
  requestedAt: Date;
}

export async function listShipments(db: Queryable, orderId: number, page: PageRequest): Promise<Shipment[]> {
  return db.query<Shipment>(
    `SELECT id, partner_ref AS "partnerRef", status, requested_at AS "requestedAt"
     FROM shipments
     WHERE order_id = $1 AND id > $2
     ORDER BY id
     LIMIT $3`,
    [orderId, page.after ?? 0, page.limit],
  );
}

export async function insertShipment(db: Queryable, orderId: number, partnerRef: string): Promise<void> {
  await db.query('INSERT INTO shipments (order_id, partner_ref) VALUES ($1, $2)', [orderId, partnerRef]);
}

export interface PaidOrder {
  id: number;
  number: string;
  currency: string;
  totalCents: number;
  buyerName: string;
  buyerEmail: string;
}

export async function findPaidOrder(db: Queryable, orderId: number) {
  const [order] = await db.query<PaidOrder>(
    `SELECT o.id, o.number, o.currency, o.total_cents AS "totalCents", u.name AS "buyerName", u.email AS "buyerEmail"
     FROM orders o
     JOIN users u ON u.id = o.placed_by
     WHERE o.id = $1`,
    [orderId],
  );
  return order;
}
