import { latestPayment } from '../payments/queries.ts';
import type { Database, Queryable } from '../platform/database.ts';
import { conflict, notFound } from '../platform/errors.ts';
import { type Page, toPage } from '../platform/pagination.ts';
import type { PageRequest } from '../platform/validation.ts';
import { insertOrderEvent } from './event-queries.ts';
import { listOrderItems, returnToStock } from './item-queries.ts';
import { cancelPendingOrder, findOrder, findUserName, listOrders, type OrderRow } from './queries.ts';

type OrderSummary = Awaited<ReturnType<typeof summariseOrder>>;

async function summariseOrder(db: Queryable, order: OrderRow) {
  const placedByName = await findUserName(db, order.placedBy);
  const payment = await latestPayment(db, order.id);
  return { ...order, placedByName, latestPayment: payment ?? null };
}

export async function getOrderPage(
  db: Queryable,
  accountId: number,
  status: OrderRow['status'] | undefined,
  page: PageRequest,
): Promise<Page<OrderSummary>> {
  const summaries: OrderSummary[] = [];
  for (const order of await listOrders(db, accountId, status, page)) {
    summaries.push(await summariseOrder(db, order));
  }
  return toPage(summaries, page);
}

export async function getOrder(db: Queryable, id: number): Promise<OrderRow> {
  const order = await findOrder(db, id);
  if (!order) throw notFound('Order');
  return order;
}

export async function withItems(db: Queryable, order: OrderRow) {
  return { ...order, items: await listOrderItems(db, order.id) };
}

export async function cancelOrder(db: Database, orderId: number, actorId: number) {
  await db.transaction(async (tx) => {
    if (!(await cancelPendingOrder(tx, orderId))) {
      throw conflict('Only a pending order can be cancelled', 'order_not_pending');
    }
    await returnToStock(tx, orderId);
    await insertOrderEvent(tx, { orderId, actorId, kind: 'cancelled' });
  });
  return getOrder(db, orderId);
}
