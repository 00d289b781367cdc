import type { Queryable } from '../platform/database.ts';
import type { PageRequest } from '../platform/validation.ts';

export interface AccountRow {
  id: number;
  name: string;
  slug: string;
  plan: 'starter' | 'standard' | 'enterprise';
  status: 'active' | 'suspended';
  ownerId: number | null;
  balanceCents: number;
  createdAt: Date;
}

export interface AccountChanges {
  name?: string | undefined;
  plan?: AccountRow['plan'] | undefined;
  status?: AccountRow['status'] | undefined;
}

const COLUMNS = `id, name, slug, plan, status, owner_id AS "ownerId", balance_cents AS "balanceCents",
                 created_at AS "createdAt"`;

export async function listAccounts(db: Queryable, page: PageRequest): Promise<AccountRow[]> {
  return db.query<AccountRow>(`SELECT ${COLUMNS} FROM accounts WHERE id > $1 ORDER BY id LIMIT $2`, [
    page.after ?? 0,
    page.limit,
  ]);
}

export async function findAccount(db: Queryable, id: number) {
  const [account] = await db.query<AccountRow>(`SELECT ${COLUMNS} FROM accounts WHERE id = $1`, [id]);
  return account;
}

export async function updateAccount(db: Queryable, id: number, { name, plan, status }: AccountChanges) {
  const [account] = await db.query<AccountRow>(
    `UPDATE accounts
     SET name = coalesce($2, name), plan = coalesce($3, plan), status = coalesce($4, status)
     WHERE id = $1
     RETURNING ${COLUMNS}`,
    [id, name, plan, status],
  );
  return account;
}

export async function findOwner(db: Queryable, userId: number) {
  const [owner] = await db.query<{ id: number; name: string; email: string }>(
    'SELECT id, name, email FROM users WHERE id = $1',
    [userId],
  );
  return owner;
}

export async function findLatestOrder(db: Queryable, accountId: number) {
  const [order] = await db.query<{ id: number; createdAt: Date }>(
    'SELECT id, created_at AS "createdAt" FROM orders WHERE account_id = $1 ORDER BY id DESC LIMIT 1',
    [accountId],
  );
  return order;
}
