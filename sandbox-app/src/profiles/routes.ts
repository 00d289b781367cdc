import { Router } from 'express';
import { z } from 'zod';
import { assertSameAccount, callerOf, type Guards } from '../permissions/guards.ts';
import { notFound } from '../platform/errors.ts';
import { id, parse } from '../platform/validation.ts';
import type { Services } from '../services.ts';
import { updatePreferences } from './queries.ts';

const profileParams = z.object({ userId: id });

function isTimeZone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
}

const preferenceChanges = z.object({
  locale: z
    .string()
    .regex(/^[a-z]{2}(-[A-Z]{2})?$/)
    .optional(),
  timeZone: z.string().refine(isTimeZone, 'Unknown time zone').optional(),
  digest: z.enum(['off', 'daily', 'weekly']).optional(),
});

export function profileRoutes({ database, profiles }: Services, { signedIn, requires }: Guards): Router {
  const router = Router();

  router.get('/v1/me', signedIn, (_req, res) => {
    res.json(callerOf(res).profile);
  });

  router.patch('/v1/me/preferences', signedIn, async (req, res) => {
    const { profile } = callerOf(res);
    const preferences = await updatePreferences(database, profile.id, parse(preferenceChanges, req.body));
    await profiles.forget(profile.id);
    res.json(preferences);
  });

  router.get('/v1/profiles/:userId', requires('profiles.read'), async (req, res) => {
    const { userId } = parse(profileParams, req.params);
    const profile = await profiles.get(userId);
    if (!profile) throw notFound('Profile');
    assertSameAccount(res, profile.account.id, 'Profile');
    res.json(profile);
  });

  return router;
}
