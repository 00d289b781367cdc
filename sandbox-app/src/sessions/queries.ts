import type { Queryable } from '../platform/database.ts';
import type { PageRequest } from '../platform/validation.ts';

export interface Session {
  id: number;
  userAgent: string;
  createdAt: Date;
}

export async function findSession(db: Queryable, tokenHash: string) {
  const [session] = await db.query<{ id: number; userId: number }>(
    'SELECT id, user_id AS "userId" FROM sessions WHERE token_hash = $1',
    [tokenHash],
  );
  return session;
}

export async function insertSession(db: Queryable, userId: number, tokenHash: string, userAgent: string) {
  const [session] = await db.query<{ id: number; createdAt: Date; expiresAt: Date }>(
    `INSERT INTO sessions (user_id, token_hash, user_agent)
     VALUES ($1, $2, $3)
     RETURNING id, created_at AS "createdAt", expires_at AS "expiresAt"`,
    [userId, tokenHash, userAgent],
  );
  return session;
}

export async function deleteSession(db: Queryable, sessionId: number): Promise<void> {
  await db.query('DELETE FROM sessions WHERE id = $1', [sessionId]);
}

/** Clients do this whenever they are opened. */
export async function renewSession(db: Queryable, sessionId: number) {
  const [session] = await db.query<{ id: number; expiresAt: Date }>(
    `UPDATE sessions SET expires_at = now() + interval '30 days' WHERE id = $1 RETURNING id, expires_at AS "expiresAt"`,
    [sessionId],
  );
  return session;
}

/** Signs one of the user's devices out; whether there was anything to sign out. */
export async function revokeSession(db: Queryable, userId: number, sessionId: number): Promise<boolean> {
  const revoked = await db.query(
    'UPDATE sessions SET revoked_at = now() WHERE id = $1 AND user_id = $2 AND revoked_at IS NULL RETURNING id',
    [sessionId, userId],
  );
  return revoked.length > 0;
}

export async function revokeOtherSessions(db: Queryable, userId: number, sessionId: number): Promise<void> {
  await db.query('UPDATE sessions SET revoked_at = now() WHERE user_id = $1 AND id <> $2 AND revoked_at IS NULL', [
    userId,
    sessionId,
  ]);
}

/** The devices that a user is signed in on. */
export async function listSessions(db: Queryable, userId: number, page: PageRequest): Promise<Session[]> {
  return db.query<Session>(
    `SELECT id, user_agent AS "userAgent", created_at AS "createdAt"
     FROM sessions
     WHERE user_id = $1 AND id > $2 AND revoked_at IS NULL AND expires_at > now()
     ORDER BY id
     LIMIT $3`,
    [userId, page.after ?? 0, page.limit],
  );
}
