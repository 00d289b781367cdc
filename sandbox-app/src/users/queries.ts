import type { Queryable } from '../platform/database.ts';
import type { PageRequest } from '../platform/validation.ts';

export interface UserRow {
  id: number;
  accountId: number;
  email: string;
  name: string;
  title: string;
  status: 'invited' | 'active' | 'banned';
  createdAt: Date;
}

export interface NewUser {
  email: string;
  name: string;
  title: string;
}

export const COLUMNS = 'id, account_id AS "accountId", email, name, title, status, created_at AS "createdAt"';

export async function listUsers(db: Queryable, accountId: number, page: PageRequest): Promise<UserRow[]> {
  return db.query<UserRow>(`SELECT ${COLUMNS} FROM users WHERE account_id = $1 AND id > $2 ORDER BY id LIMIT $3`, [
    accountId,
    page.after ?? 0,
    page.limit,
  ]);
}

export async function findUser(db: Queryable, id: number) {
  const [user] = await db.query<UserRow>(`SELECT ${COLUMNS} FROM users WHERE id = $1`, [id]);
  return user;
}

export async function findUserByEmail(db: Queryable, email: string) {
  const [user] = await db.query<UserRow>(`SELECT ${COLUMNS} FROM users WHERE email = $1`, [email]);
  return user;
}

export async function insertUser(db: Queryable, accountId: number, { email, name, title }: NewUser): Promise<number> {
  const [user] = await db.query<{ id: number }>(
    `INSERT INTO users (account_id, email, name, title, status) VALUES ($1, $2, $3, $4, 'invited') RETURNING id`,
    [accountId, email, name, title],
  );
  if (!user) throw new Error('The new user was not stored');
  return user.id;
}

export async function activateInvitedUser(db: Queryable, id: number): Promise<void> {
  await db.query(`UPDATE users SET status = 'active' WHERE id = $1 AND status = 'invited'`, [id]);
}

export async function updateUserStatus(db: Queryable, id: number, status: UserRow['status']): Promise<void> {
  await db.query('UPDATE users SET status = $2 WHERE id = $1', [id, status]);
}

export async function listRoleNames(db: Queryable, userId: number): Promise<string[]> {
  const roles = await db.query<{ name: string }>(
    `SELECT r.name
     FROM user_roles ur
     JOIN roles r ON r.id = ur.role_id
     WHERE ur.user_id = $1
     ORDER BY r.id`,
    [userId],
  );
  return roles.map((role) => role.name);
}

export async function listGroupNames(db: Queryable, userId: number): Promise<string[]> {
  const groups = await db.query<{ name: string }>(
    `SELECT g.name
     FROM group_members gm
     JOIN groups g ON g.id = gm.group_id
     WHERE gm.user_id = $1
     ORDER BY g.id`,
    [userId],
  );
  return groups.map((group) => group.name);
}

export async function findRoleIds(db: Queryable, names: string[]): Promise<number[]> {
  const roles = await db.query<{ id: number }>('SELECT id FROM roles WHERE name = ANY($1) ORDER BY id', [names]);
  return roles.map((role) => role.id);
}

export async function replaceRoles(db: Queryable, userId: number, roleIds: number[]): Promise<void> {
  await db.query('DELETE FROM user_roles WHERE user_id = $1', [userId]);
  await db.query('INSERT INTO user_roles (user_id, role_id) SELECT $1, unnest($2::bigint[])', [userId, roleIds]);
}
