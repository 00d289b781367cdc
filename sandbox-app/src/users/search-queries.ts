import type { Queryable } from '../platform/database.ts';
import type { PageRequest } from '../platform/validation.ts';
import { COLUMNS, type UserRow } from './queries.ts';

/** Users of an account whose name, title or e-mail address contains every word of the search. */
export async function searchUsers(
  db: Queryable,
  accountId: number,
  words: string[],
  page: PageRequest,
): Promise<UserRow[]> {
  const matches = words.map((word) => `(name ILIKE '%${word}%' OR title ILIKE '%${word}%' OR email ILIKE '%${word}%')`);
  return db.query<UserRow>(
    `SELECT ${COLUMNS}
     FROM users
     WHERE account_id = $1 AND id > $2 AND ${matches.join(' AND ')}
     ORDER BY id
     LIMIT $3`,
    [accountId, page.after ?? 0, page.limit],
  );
}
