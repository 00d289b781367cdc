import type { Queryable } from '../platform/database.ts';
import type { PageRequest } from '../platform/validation.ts';

export interface OrderRow {
  id: number;
  accountId: number;
  placedBy: number;
  number: string;
  status: 'pending' | 'paid' | 'fulfilled' | 'cancelled';
  currency: string;
  totalCents: number;
  notes: string;
  createdAt: Date;
  paidAt: Date | null;
}

export const COLUMNS = `id, account_id AS "accountId", placed_by AS "placedBy", number, status, currency,
                 total_cents AS "totalCents", notes, created_at AS "createdAt", paid_at AS "paidAt"`;

export async function listOrders(
  db: Queryable,
  accountId: number,
  status: OrderRow['status'] | undefined,
  page: PageRequest,
): Promise<OrderRow[]> {
  const values: unknown[] = [accountId, page.limit];
  const conditions = ['account_id = $1'];
  if (status) conditions.push(`status = $${values.push(status)}`);
  if (page.after) conditions.push(`id < $${values.push(page.after)}`);
  return db.query<OrderRow>(
    `SELECT ${COLUMNS} FROM orders WHERE ${conditions.join(' AND ')} ORDER BY id DESC LIMIT $2`,
    values,
  );
}

export async function findOrder(db: Queryable, id: number) {
  const [order] = await db.query<OrderRow>(`SELECT ${COLUMNS} FROM orders WHERE id = $1`, [id]);
  return order;
}

/** The order, which nobody else can change until the transaction ends. */
export async function findOrderForUpdate(db: Queryable, id: number) {
  const [order] = await db.query<OrderRow>(`SELECT ${COLUMNS} FROM orders WHERE id = $1 FOR UPDATE`, [id]);
  return order;
}

export type NewOrder = Pick<OrderRow, 'accountId' | 'placedBy' | 'number' | 'currency' | 'totalCents' | 'notes'>;

export async function insertOrder(db: Queryable, order: NewOrder): Promise<number> {
  const [row] = await db.query<{ id: number }>(
    `INSERT INTO orders (account_id, placed_by, number, currency, total_cents, notes)
     VALUES ($1, $2, $3, $4, $5, $6)
     RETURNING id`,
    [order.accountId, order.placedBy, order.number, order.currency, order.totalCents, order.notes],
  );
  if (!row) throw new Error('The new order was not stored');
  return row.id;
}

export async function cancelPendingOrder(db: Queryable, id: number): Promise<boolean> {
  const cancelled = await db.query<{ id: number }>(
    `UPDATE orders SET status = 'cancelled' WHERE id = $1 AND status = 'pending' RETURNING id`,
    [id],
  );
  return cancelled.length > 0;
}

export async function markOrderPaid(db: Queryable, id: number): Promise<void> {
  await db.query(`UPDATE orders SET status = 'paid', paid_at = now() WHERE id = $1`, [id]);
}

export async function markOrderFulfilled(db: Queryable, id: number): Promise<void> {
  await db.query(`UPDATE orders SET status = 'fulfilled' WHERE id = $1`, [id]);
}

export async function findUserName(db: Queryable, userId: number): Promise<string | null> {
  const [user] = await db.query<{ name: string }>('SELECT name FROM users WHERE id = $1', [userId]);
  return user?.name ?? null;
}
