import { Router } from 'express';
import { z } from 'zod';
import { callerOf, type Guards } from '../permissions/guards.ts';
import { notFound } from '../platform/errors.ts';
import { toPage } from '../platform/pagination.ts';
import { parse, parseId, parsePage } from '../platform/validation.ts';
import type { Services } from '../services.ts';
import { deleteSession, listSessions, renewSession, revokeOtherSessions, revokeSession } from './queries.ts';
import { signIn } from './service.ts';

const credentials = z.object({ email: z.email().max(200), password: z.string().min(1).max(200) });

export function sessionRoutes({ config, database }: Services, { signedIn }: Guards): Router {
  const router = Router();

  router.post('/v1/sessions', async (req, res) => {
    const userAgent = (req.get('user-agent') ?? '').slice(0, 200);
    const session = await signIn(database, { ...parse(credentials, req.body), userAgent }, config.devPassword);
    res.status(201).json(session);
  });

  router.get('/v1/sessions', signedIn, async (req, res) => {
    const { profile } = callerOf(res);
    const page = parsePage(req.query);
    res.json(toPage(await listSessions(database, profile.id, page), page));
  });

  router.delete('/v1/sessions/current', signedIn, async (_req, res) => {
    await deleteSession(database, callerOf(res).sessionId);
    res.status(204).end();
  });

  router.post('/v1/sessions/current/renew', signedIn, async (_req, res) => {
    res.json(await renewSession(database, callerOf(res).sessionId));
  });

  router.post('/v1/sessions/sign-out-others', signedIn, async (_req, res) => {
    const { profile, sessionId } = callerOf(res);
    await revokeOtherSessions(database, profile.id, sessionId);
    res.status(204).end();
  });

  router.delete('/v1/sessions/:id', signedIn, async (req, res) => {
    const revoked = await revokeSession(database, callerOf(res).profile.id, parseId(req.params));
    if (!revoked) throw notFound('Session');
    res.status(204).end();
  });

  return router;
}
