import type { Response } from 'express';
import { assertSameAccount } from '../permissions/guards.ts';
import type { Queryable } from '../platform/database.ts';
import type { OrderRow } from './queries.ts';
import { getOrder } from './service.ts';

/** The order, provided that the caller may see it. */
export async function visibleOrder(db: Queryable, res: Response, id: number): Promise<OrderRow> {
  const order = await getOrder(db, id);
  assertSameAccount(res, order.accountId, 'Order');
  return order;
}
