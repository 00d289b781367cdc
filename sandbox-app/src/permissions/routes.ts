import { Router } from 'express';
import { z } from 'zod';
import { notFound } from '../platform/errors.ts';
import { id, parse } from '../platform/validation.ts';
import type { Services } from '../services.ts';
import { decide } from './decisions.ts';
import { assertSameAccount, type Guards } from './guards.ts';
import { deleteGroupOverride, findGroupAccount, permissionExists, saveGroupOverride } from './queries.ts';

const PAIRS_AT_MOST = 100;

const list = <Item extends z.ZodType>(item: Item) =>
  z.preprocess((text) => (typeof text === 'string' ? text.split(',') : text), z.array(item).min(1).max(PAIRS_AT_MOST));

const question = z
  .object({ users: list(id), permissions: list(z.string().regex(/^[a-z]+\.[a-z]+$/)) })
  .refine(({ users, permissions }) => users.length * permissions.length <= PAIRS_AT_MOST, 'Too many at a time');

const overrideParams = z.object({ groupId: id, permission: z.string().max(100) });
const override = z.object({ allowed: z.boolean().nullable() });

export function permissionRoutes({ database }: Services, { staffOnly, requires }: Guards): Router {
  const router = Router();

  router.get('/v1/decisions', staffOnly, async (req, res) => {
    const { users, permissions } = parse(question, req.query);
    res.json({ data: await decide(database, users, permissions) });
  });

  router.put('/v1/groups/:groupId/permissions/:permission', requires('groups.permissions'), async (req, res) => {
    const { groupId, permission } = parse(overrideParams, req.params);
    const { allowed } = parse(override, req.body);
    const accountId = await findGroupAccount(database, groupId);
    if (accountId === undefined) throw notFound('Group');
    assertSameAccount(res, accountId, 'Group');
    if (!(await permissionExists(database, permission))) throw notFound('Permission');
    if (allowed === null) await deleteGroupOverride(database, groupId, permission);
    else await saveGroupOverride(database, groupId, permission, allowed);
    res.json({ groupId, permission, allowed });
  });

  return router;
}
