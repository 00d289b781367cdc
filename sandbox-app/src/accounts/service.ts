import type { Queryable } from '../platform/database.ts';
import { notFound } from '../platform/errors.ts';
import { type Page, toPage } from '../platform/pagination.ts';
import type { PageRequest } from '../platform/validation.ts';
import {
  type AccountChanges,
  type AccountRow,
  findAccount,
  findLatestOrder,
  findOwner,
  listAccounts,
  updateAccount,
} from './queries.ts';

export type Account = Awaited<ReturnType<typeof describeAccount>>;

/** An account as the back office shows it: with its owner and its most recent order. */
async function describeAccount(db: Queryable, { ownerId, ...account }: AccountRow) {
  const owner = ownerId === null ? undefined : await findOwner(db, ownerId);
  const latestOrder = await findLatestOrder(db, account.id);
  return { ...account, owner: owner ?? null, latestOrder: latestOrder ?? null };
}

export async function getAccountPage(db: Queryable, page: PageRequest): Promise<Page<Account>> {
  const accounts: Account[] = [];
  for (const row of await listAccounts(db, page)) {
    accounts.push(await describeAccount(db, row));
  }
  return toPage(accounts, page);
}

export async function getAccount(db: Queryable, id: number): Promise<Account> {
  const row = await findAccount(db, id);
  if (!row) throw notFound('Account');
  return describeAccount(db, row);
}

export async function changeAccount(db: Queryable, id: number, changes: AccountChanges): Promise<Account> {
  const row = await updateAccount(db, id, changes);
  if (!row) throw notFound('Account');
  return describeAccount(db, row);
}
