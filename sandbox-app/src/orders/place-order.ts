import { randomBytes } from 'node:crypto';
import type { Database, Queryable } from '../platform/database.ts';
import { badRequest, conflict } from '../platform/errors.ts';
import { findProduct, updateStock } from '../products/queries.ts';
import { insertOrderEvent } from './event-queries.ts';
import { insertOrderItem, type NewOrderItem } from './item-queries.ts';
import { insertOrder } from './queries.ts';
import { getOrder, withItems } from './service.ts';

export interface OrderRequest {
  accountId: number;
  placedBy: number;
  currency: string;
  notes: string;
  items: { productId: number; quantity: number }[];
}

const createOrderNumber = () => `TP-${randomBytes(5).toString('hex').toUpperCase()}`;

async function takeFromStock(tx: Queryable, productId: number, quantity: number): Promise<NewOrderItem> {
  const product = await findProduct(tx, productId);
  if (!product) throw badRequest(`items: product ${productId} does not exist`);
  if (product.stock < quantity) throw conflict(`Only ${product.stock} of ${product.sku} left`, 'out_of_stock');
  await updateStock(tx, productId, product.stock - quantity);
  return { productId, quantity, unitPriceCents: product.priceCents };
}

export async function placeOrder(db: Database, { accountId, placedBy, currency, notes, items }: OrderRequest) {
  const orderId = await db.transaction(async (tx) => {
    const lines: NewOrderItem[] = [];
    for (const { productId, quantity } of items) lines.push(await takeFromStock(tx, productId, quantity));
    const totalCents = lines.reduce((total, line) => total + line.quantity * line.unitPriceCents, 0);
    const number = createOrderNumber();
    const id = await insertOrder(tx, { accountId, placedBy, number, currency, totalCents, notes });
    for (const line of lines) await insertOrderItem(tx, id, line);
    await insertOrderEvent(tx, { orderId: id, actorId: placedBy, kind: 'placed', detail: { items: lines.length } });
    return id;
  });
  return withItems(db, await getOrder(db, orderId));
}
