import { Router } from 'express';
import { z } from 'zod';
import { visibleOrder } from '../orders/access.ts';
import { insertOrderEvent } from '../orders/event-queries.ts';
import { callerOf, type Guards } from '../permissions/guards.ts';
import { conflict } from '../platform/errors.ts';
import { toPage } from '../platform/pagination.ts';
import { parse, parseId, parsePage } from '../platform/validation.ts';
import type { Services } from '../services.ts';
import { bookTransfer } from './book-transfer.ts';
import { checkOut } from './checkout.ts';
import { listPayments } from './queries.ts';

const transfer = z.object({ bankReference: z.string().regex(/^[A-Z0-9]{6,35}$/) });

export function paymentRoutes(services: Services, { requires, staffOnly }: Guards): Router {
  const { database, paymentProvider } = services;
  const router = Router();

  router.get('/v1/orders/:id/payments', requires('payments.read'), async (req, res) => {
    const order = await visibleOrder(database, res, parseId(req.params));
    const page = parsePage(req.query);
    res.json(toPage(await listPayments(database, order.id, page), page));
  });

  router.post('/v1/orders/:id/payments', requires('payments.create'), async (req, res) => {
    const order = await visibleOrder(database, res, parseId(req.params));
    if (order.status !== 'pending') throw conflict('Only a pending order can be paid', 'order_not_pending');
    const charge = await paymentProvider.charge(order);
    await insertOrderEvent(database, {
      orderId: order.id,
      actorId: callerOf(res).profile.id,
      kind: 'payment_requested',
      detail: { providerPaymentId: charge.id },
    });
    res.status(202).json({ providerPaymentId: charge.id, status: 'processing' });
  });

  router.post('/v1/orders/:id/checkout', requires('payments.create'), async (req, res) => {
    const order = await visibleOrder(database, res, parseId(req.params));
    const providerPaymentId = await checkOut(services, order.id, callerOf(res).profile.id);
    res.status(202).json({ providerPaymentId, status: 'processing' });
  });

  router.post('/v1/orders/:id/transfers', staffOnly, async (req, res) => {
    const order = await visibleOrder(database, res, parseId(req.params));
    const { bankReference } = parse(transfer, req.body);
    const paymentId = await bookTransfer(services, order, { bankReference, actorId: callerOf(res).profile.id });
    res.status(202).json({ paymentId, status: 'released' });
  });

  return router;
}
