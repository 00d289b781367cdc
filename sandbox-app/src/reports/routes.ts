import { Router } from 'express';
import { z } from 'zod';
import { assertSameAccount, callerOf, type Guards } from '../permissions/guards.ts';
import { parse, parseId } from '../platform/validation.ts';
import type { Services } from '../services.ts';
import { toOrderCsv } from './order-csv.ts';
import { insertUsage, listOrdersForExport, usageByDay } from './queries.ts';

const THIRTY_DAYS_MS = 30 * 24 * 60 * 60 * 1_000;

const period = z
  .object({ from: z.coerce.date().optional(), to: z.coerce.date().optional() })
  .transform(({ from, to = new Date() }) => ({ from: from ?? new Date(to.getTime() - THIRTY_DAYS_MS), to }))
  .refine(({ from, to }) => from < to, 'from must lie before to');

const newUsage = z.object({
  metric: z.string().trim().min(1).max(100),
  quantity: z.number().int().min(0).max(2_000_000_000),
  occurredAt: z.coerce.date().optional(),
});

export function reportRoutes({ database }: Services, { requires }: Guards): Router {
  const router = Router();

  router.get('/v1/accounts/:id/usage', requires('usage.read'), async (req, res) => {
    const accountId = parseId(req.params);
    assertSameAccount(res, accountId, 'Account');
    const { from, to } = parse(period, req.query);
    res.json({ accountId, from, to, data: await usageByDay(database, accountId, { from, to }) });
  });

  router.post('/v1/accounts/:id/usage', requires('usage.write'), async (req, res) => {
    const accountId = parseId(req.params);
    assertSameAccount(res, accountId, 'Account');
    res.status(201).json(await insertUsage(database, accountId, parse(newUsage, req.body)));
  });

  router.get('/v1/accounts/:id/orders/export', requires('orders.export'), async (req, res) => {
    const accountId = parseId(req.params);
    assertSameAccount(res, accountId, 'Account');
    const orders = await listOrdersForExport(database, accountId);
    res.attachment(`orders-${accountId}.csv`);
    res.type('text/csv').send(toOrderCsv(orders, callerOf(res).profile.preferences));
  });

  return router;
}
