import { timingSafeEqual } from 'node:crypto';
import type { Queryable } from '../platform/database.ts';
import { AppError, forbidden } from '../platform/errors.ts';
import { activateInvitedUser, findUserByEmail } from '../users/queries.ts';
import { insertSession } from './queries.ts';
import { createToken, hashToken } from './tokens.ts';

interface SignIn {
  email: string;
  password: string;
  userAgent: string;
}

function samePassword(given: string, expected: string): boolean {
  return timingSafeEqual(Buffer.from(hashToken(given)), Buffer.from(hashToken(expected)));
}

/** Opens a session; the token is only ever shown here, the database keeps its hash. */
export async function signIn(db: Queryable, { email, password, userAgent }: SignIn, expectedPassword: string) {
  const user = await findUserByEmail(db, email);
  if (!user || !samePassword(password, expectedPassword)) {
    throw new AppError(401, 'invalid_credentials', 'E-mail or password is wrong');
  }
  if (user.status === 'banned') throw forbidden('This user has been banned', 'user_banned');
  if (user.status === 'invited') await activateInvitedUser(db, user.id);
  const token = createToken();
  const session = await insertSession(db, user.id, hashToken(token), userAgent);
  return { token, userId: user.id, ...session };
}
