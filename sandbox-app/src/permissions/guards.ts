import type { NextFunction, Request, Response } from 'express';
import { forbidden, notFound, unauthenticated } from '../platform/errors.ts';
import type { Profile } from '../profiles/profile.ts';
import type { Services } from '../services.ts';
import { findSession } from '../sessions/queries.ts';
import { hashToken } from '../sessions/tokens.ts';

export interface Caller {
  sessionId: number;
  profile: Profile;
}

type Guard = (req: Request, res: Response, next: NextFunction) => Promise<void>;

export type Guards = ReturnType<typeof createGuards>;

const BEARER = /^Bearer (st_[\w-]+)$/;

export const callerOf = (res: Response): Caller => res.locals.caller as Caller;

/** Other tenants' data does not exist as far as the caller can tell; staff see everything. */
export function assertSameAccount(res: Response, accountId: number, what: string): void {
  const { profile } = callerOf(res);
  if (!profile.isStaff && profile.account.id !== accountId) throw notFound(what);
}

function assertActive(profile: Profile): void {
  if (profile.status === 'banned') throw forbidden('This user has been banned', 'user_banned');
  if (profile.account.status === 'suspended') throw forbidden('This account is suspended', 'user_banned');
}

export function createGuards({ database, profiles }: Pick<Services, 'database' | 'profiles'>) {
  async function identify(req: Request): Promise<Caller> {
    const token = BEARER.exec(req.get('authorization') ?? '')?.[1];
    if (!token) throw unauthenticated();
    const session = await findSession(database, hashToken(token));
    const profile = session && (await profiles.get(session.userId));
    if (!profile) throw unauthenticated();
    assertActive(profile);
    return { sessionId: session.id, profile };
  }

  function guard(check: (profile: Profile) => void): Guard {
    return async (req, res, next) => {
      const caller = await identify(req);
      check(caller.profile);
      res.locals.caller = caller;
      next();
    };
  }

  return {
    signedIn: guard(() => {}),
    staffOnly: guard((profile) => {
      if (!profile.isStaff) throw forbidden('Only staff may do this');
    }),
    requires: (permission: string) =>
      guard((profile) => {
        if (profile.isStaff || profile.permissions.includes(permission)) return;
        throw forbidden(`This needs the permission ${permission}`);
      }),
  };
}
