import { type Response, Router } from 'express';
import { z } from 'zod';
import { assertSameAccount, type Guards } from '../permissions/guards.ts';
import { toPage } from '../platform/pagination.ts';
import { parse, parseId, parsePage, parseSearch } from '../platform/validation.ts';
import type { Services } from '../services.ts';
import { searchUsers } from './search-queries.ts';
import { getUser, getUserPage, inviteUser, setRoles, setStatus } from './service.ts';

const roleNames = z.array(z.string().min(1)).max(10);

const invitation = z.object({
  email: z.email().max(200),
  name: z.string().trim().min(1).max(200),
  title: z.string().trim().max(200).default(''),
  roles: roleNames.default(['viewer']),
});

const roleChange = z.object({ roles: roleNames });

export function userRoutes({ database }: Services, { requires }: Guards): Router {
  const router = Router();

  async function visibleUser(res: Response, id: number) {
    const user = await getUser(database, id);
    assertSameAccount(res, user.accountId, 'User');
    return user;
  }

  router.get('/v1/accounts/:id/users', requires('users.read'), async (req, res) => {
    const accountId = parseId(req.params);
    assertSameAccount(res, accountId, 'Account');
    res.json(await getUserPage(database, accountId, parsePage(req.query)));
  });

  router.get('/v1/accounts/:id/users/search', requires('users.read'), async (req, res) => {
    const accountId = parseId(req.params);
    assertSameAccount(res, accountId, 'Account');
    const page = parsePage(req.query);
    res.json(toPage(await searchUsers(database, accountId, parseSearch(req.query), page), page));
  });

  router.post('/v1/accounts/:id/users', requires('users.invite'), async (req, res) => {
    const accountId = parseId(req.params);
    assertSameAccount(res, accountId, 'Account');
    res.status(201).json(await inviteUser(database, accountId, parse(invitation, req.body)));
  });

  router.get('/v1/users/:id', requires('users.read'), async (req, res) => {
    res.json(await visibleUser(res, parseId(req.params)));
  });

  router.put('/v1/users/:id/roles', requires('users.roles'), async (req, res) => {
    const user = await visibleUser(res, parseId(req.params));
    res.json(await setRoles(database, user.id, parse(roleChange, req.body).roles));
  });

  router.post('/v1/users/:id/ban', requires('users.ban'), async (req, res) => {
    const user = await visibleUser(res, parseId(req.params));
    res.json(await setStatus(database, user.id, 'banned'));
  });

  router.post('/v1/users/:id/unban', requires('users.ban'), async (req, res) => {
    const user = await visibleUser(res, parseId(req.params));
    res.json(await setStatus(database, user.id, 'active'));
  });

  return router;
}
