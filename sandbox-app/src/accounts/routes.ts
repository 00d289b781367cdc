import { Router } from 'express';
import { z } from 'zod';
import { assertSameAccount, type Guards } from '../permissions/guards.ts';
import { parse, parseId, parsePage } from '../platform/validation.ts';
import type { Services } from '../services.ts';
import { changeAccount, getAccount, getAccountPage } from './service.ts';

const accountChanges = z.object({
  name: z.string().trim().min(1).max(200).optional(),
  plan: z.enum(['starter', 'standard', 'enterprise']).optional(),
  status: z.enum(['active', 'suspended']).optional(),
});

export function accountRoutes({ database }: Services, { requires, staffOnly }: Guards): Router {
  const router = Router();

  router.get('/v1/accounts', staffOnly, async (req, res) => {
    res.json(await getAccountPage(database, parsePage(req.query)));
  });

  router.get('/v1/accounts/:id', requires('accounts.read'), async (req, res) => {
    const id = parseId(req.params);
    assertSameAccount(res, id, 'Account');
    res.json(await getAccount(database, id));
  });

  router.patch('/v1/accounts/:id', staffOnly, async (req, res) => {
    res.json(await changeAccount(database, parseId(req.params), parse(accountChanges, req.body)));
  });

  return router;
}
