import type { Queryable } from '../platform/database.ts';

export interface OrderItem {
  id: number;
  productId: number;
  sku: string;
  name: string;
  quantity: number;
  unitPriceCents: number;
}

export interface NewOrderItem {
  productId: number;
  quantity: number;
  unitPriceCents: number;
}

export async function listOrderItems(db: Queryable, orderId: number): Promise<OrderItem[]> {
  return db.query<OrderItem>(
    `SELECT i.id, i.product_id AS "productId", p.sku, p.name, i.quantity, i.unit_price_cents AS "unitPriceCents"
     FROM order_items i
     JOIN products p ON p.id = i.product_id
     WHERE i.order_id = $1
     ORDER BY i.id`,
    [orderId],
  );
}

export async function insertOrderItem(db: Queryable, orderId: number, item: NewOrderItem): Promise<void> {
  await db.query('INSERT INTO order_items (order_id, product_id, quantity, unit_price_cents) VALUES ($1, $2, $3, $4)', [
    orderId,
    item.productId,
    item.quantity,
    item.unitPriceCents,
  ]);
}

export async function returnToStock(db: Queryable, orderId: number): Promise<void> {
  await db.query(
    `UPDATE products p
     SET stock = p.stock + i.quantity
     FROM order_items i
     WHERE i.order_id = $1 AND p.id = i.product_id`,
    [orderId],
  );
}
