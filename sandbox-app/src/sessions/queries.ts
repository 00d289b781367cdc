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
  const [session] = await db.query<{ id: number; createdAt: Date }>(
    `INSERT INTO sessions (user_id, token_hash, user_agent)
     VALUES ($1, $2, $3)
     RETURNING id, created_at AS "createdAt"`,
    [userId, tokenHash, userAgent],
  );
  return session;
}

export async function deleteSession(db: Queryable, sessionId: number): Promise<void> {
  await db.query('DELETE FROM sessions WHERE id = $1', [sessionId]);
}

export async function listSessions(db: Queryable, userId: number, page: PageRequest): Promise<Session[]> {
  return db.query<Session>(
    `SELECT id, user_agent AS "userAgent", created_at AS "createdAt"
     FROM sessions
     WHERE user_id = $1 AND id > $2
     ORDER BY id
     LIMIT $3`,
    [userId, page.after ?? 0, page.limit],
  );
}
