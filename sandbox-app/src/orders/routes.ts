import { Router } from 'express';
import { z } from 'zod';
import { listShipments } from '../fulfilment/queries.ts';
import { assertSameAccount, callerOf, type Guards } from '../permissions/guards.ts';
import { toPage } from '../platform/pagination.ts';
import { id, parse, parseId, parsePage, parseSearch } from '../platform/validation.ts';
import type { Services } from '../services.ts';
import { visibleOrder } from './access.ts';
import { listOrderEvents } from './event-queries.ts';
import { placeOrder } from './place-order.ts';
import { searchOrders } from './search-queries.ts';
import { cancelOrder, getOrderPage, withItems } from './service.ts';

const orderFilter = z.object({ status: z.enum(['pending', 'paid', 'fulfilled', 'cancelled']).optional() });

const newOrder = z.object({
  currency: z.enum(['EUR', 'GBP', 'USD']).default('EUR'),
  notes: z.string().max(2_000).default(''),
  items: z
    .array(z.object({ productId: id, quantity: z.number().int().min(1).max(10_000) }))
    .min(1)
    .max(100),
});

export function orderRoutes({ database }: Services, { requires }: Guards): Router {
  const router = Router();

  router.get('/v1/accounts/:id/orders', requires('orders.read'), async (req, res) => {
    const accountId = parseId(req.params);
    assertSameAccount(res, accountId, 'Account');
    const { status } = parse(orderFilter, req.query);
    res.json(await getOrderPage(database, accountId, status, parsePage(req.query)));
  });

  router.get('/v1/accounts/:id/orders/search', requires('orders.read'), async (req, res) => {
    const accountId = parseId(req.params);
    assertSameAccount(res, accountId, 'Account');
    const page = parsePage(req.query);
    res.json(toPage(await searchOrders(database, accountId, parseSearch(req.query), page), page));
  });

  router.post('/v1/accounts/:id/orders', requires('orders.write'), async (req, res) => {
    const accountId = parseId(req.params);
    assertSameAccount(res, accountId, 'Account');
    const placedBy = callerOf(res).profile.id;
    res.status(201).json(await placeOrder(database, { accountId, placedBy, ...parse(newOrder, req.body) }));
  });

  router.get('/v1/orders/:id', requires('orders.read'), async (req, res) => {
    const order = await visibleOrder(database, res, parseId(req.params));
    res.json(await withItems(database, order));
  });

  router.post('/v1/orders/:id/cancel', requires('orders.cancel'), async (req, res) => {
    const order = await visibleOrder(database, res, parseId(req.params));
    res.json(await cancelOrder(database, order.id, callerOf(res).profile.id));
  });

  router.get('/v1/orders/:id/shipments', requires('shipments.read'), async (req, res) => {
    const order = await visibleOrder(database, res, parseId(req.params));
    const page = parsePage(req.query);
    res.json(toPage(await listShipments(database, order.id, page), page));
  });

  router.get('/v1/orders/:id/events', requires('orders.read'), async (req, res) => {
    const order = await visibleOrder(database, res, parseId(req.params));
    const page = parsePage(req.query);
    res.json(toPage(await listOrderEvents(database, order.id, page), page));
  });

  return router;
}
