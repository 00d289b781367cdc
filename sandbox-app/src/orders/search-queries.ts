import type { Queryable } from '../platform/database.ts';
import type { PageRequest } from '../platform/validation.ts';
import { COLUMNS, type OrderRow } from './queries.ts';

/** Orders of an account whose number or notes contain every word of the search, newest first. */
export async function searchOrders(
  db: Queryable,
  accountId: number,
  words: string[],
  page: PageRequest,
): Promise<OrderRow[]> {
  const matches = words.map((word) => `(number ILIKE '%${word}%' OR notes ILIKE '%${word}%')`);
  return db.query<OrderRow>(
    `SELECT ${COLUMNS}
     FROM orders
     WHERE account_id = $1 AND ($2::bigint IS NULL OR id < $2) AND ${matches.join(' AND ')}
     ORDER BY id DESC
     LIMIT $3`,
    [accountId, page.after, page.limit],
  );
}
