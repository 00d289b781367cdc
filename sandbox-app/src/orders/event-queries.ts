import type { Queryable } from '../platform/database.ts';
import type { PageRequest } from '../platform/validation.ts';

export interface OrderEvent {
  id: number;
  actorId: number | null;
  kind: string;
  detail: Record<string, unknown>;
  createdAt: Date;
}

export interface NewOrderEvent {
  orderId: number;
  actorId?: number;
  kind: 'placed' | 'cancelled' | 'payment_requested' | 'paid' | 'payment_failed';
  detail?: Record<string, unknown>;
}

export async function listOrderEvents(db: Queryable, orderId: number, page: PageRequest): Promise<OrderEvent[]> {
  return db.query<OrderEvent>(
    `SELECT id, actor_id AS "actorId", kind, detail, created_at AS "createdAt"
     FROM order_events
     WHERE order_id = $1 AND id > $2
     ORDER BY id
     LIMIT $3`,
    [orderId, page.after ?? 0, page.limit],
  );
}

export async function insertOrderEvent(
  db: Queryable,
  { orderId, actorId, kind, detail }: NewOrderEvent,
): Promise<void> {
  await db.query('INSERT INTO order_events (order_id, actor_id, kind, detail) VALUES ($1, $2, $3, $4)', [
    orderId,
    actorId,
    kind,
    detail ?? {},
  ]);
}
