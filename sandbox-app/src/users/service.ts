import type { Database, Queryable } from '../platform/database.ts';
import { badRequest, notFound } from '../platform/errors.ts';
import { type Page, toPage } from '../platform/pagination.ts';
import type { PageRequest } from '../platform/validation.ts';
import {
  findRoleIds,
  findUser,
  insertUser,
  listGroupNames,
  listRoleNames,
  listUsers,
  type NewUser,
  replaceRoles,
  type UserRow,
  updateUserStatus,
} from './queries.ts';

export type User = UserRow & { roles: string[]; groups: string[] };

async function withMemberships(db: Queryable, user: UserRow): Promise<User> {
  const roles = await listRoleNames(db, user.id);
  const groups = await listGroupNames(db, user.id);
  return { ...user, roles, groups };
}

export async function getUserPage(db: Queryable, accountId: number, page: PageRequest): Promise<Page<User>> {
  const users: User[] = [];
  for (const user of await listUsers(db, accountId, page)) {
    users.push(await withMemberships(db, user));
  }
  return toPage(users, page);
}

export async function getUser(db: Queryable, id: number): Promise<User> {
  const user = await findUser(db, id);
  if (!user) throw notFound('User');
  return withMemberships(db, user);
}

async function resolveRoles(db: Queryable, names: string[]): Promise<number[]> {
  const wanted = new Set(names);
  const roleIds = await findRoleIds(db, [...wanted]);
  if (roleIds.length !== wanted.size) throw badRequest('roles: one of them does not exist');
  return roleIds;
}

export async function inviteUser(db: Database, accountId: number, user: NewUser & { roles: string[] }): Promise<User> {
  const roleIds = await resolveRoles(db, user.roles);
  const id = await db.transaction(async (tx) => {
    const userId = await insertUser(tx, accountId, user);
    await replaceRoles(tx, userId, roleIds);
    return userId;
  });
  return getUser(db, id);
}

export async function setRoles(db: Database, userId: number, names: string[]): Promise<User> {
  const roleIds = await resolveRoles(db, names);
  await db.transaction((tx) => replaceRoles(tx, userId, roleIds));
  return getUser(db, userId);
}

export async function setStatus(db: Queryable, userId: number, status: UserRow['status']): Promise<User> {
  await updateUserStatus(db, userId, status);
  return getUser(db, userId);
}
