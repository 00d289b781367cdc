import type { Queryable } from '../platform/database.ts';

export async function findGroupAccount(db: Queryable, groupId: number): Promise<number | undefined> {
  const [group] = await db.query<{ accountId: number }>('SELECT account_id AS "accountId" FROM groups WHERE id = $1', [
    groupId,
  ]);
  return group?.accountId;
}

export async function permissionExists(db: Queryable, permission: string): Promise<boolean> {
  return (await db.query('SELECT 1 FROM permissions WHERE key = $1', [permission])).length > 0;
}

export async function saveGroupOverride(
  db: Queryable,
  groupId: number,
  permission: string,
  allowed: boolean,
): Promise<void> {
  await db.query(
    `INSERT INTO group_permissions (group_id, permission, allowed)
     VALUES ($1, $2, $3)
     ON CONFLICT (group_id, permission) DO UPDATE SET allowed = $3`,
    [groupId, permission, allowed],
  );
}

export async function deleteGroupOverride(db: Queryable, groupId: number, permission: string): Promise<void> {
  await db.query('DELETE FROM group_permissions WHERE group_id = $1 AND permission = $2', [groupId, permission]);
}
