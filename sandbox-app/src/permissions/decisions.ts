import type { Queryable } from '../platform/database.ts';
import {
  findUserWithAccount,
  listGroupOverrides,
  listGroups,
  listRolePermissions,
  listRoles,
} from '../profiles/queries.ts';

/** What of the asked permissions one user has. */
export interface Decision {
  userId: number;
  allowed: string[];
}

/** Roles grant, groups grant too, and what any of a user's groups withholds is withheld. */
async function isAllowed(db: Queryable, userId: number, permission: string): Promise<boolean> {
  const user = await findUserWithAccount(db, userId);
  if (!user || user.status === 'banned' || user.accountStatus === 'suspended') return false;
  if (user.isStaff) return true;
  let granted = false;
  for (const role of await listRoles(db, userId)) {
    const permissions = await listRolePermissions(db, [role.id]);
    if (permissions.includes(permission)) granted = true;
  }
  for (const group of await listGroups(db, userId)) {
    const overrides = await listGroupOverrides(db, [group.id]);
    const override = overrides.find((one) => one.permission === permission);
    if (override?.allowed === false) return false;
    if (override?.allowed) granted = true;
  }
  return granted;
}

/** Users and permissions in the order in which they were asked for. */
export async function decide(db: Queryable, userIds: number[], permissions: string[]): Promise<Decision[]> {
  const decisions: Decision[] = [];
  for (const userId of userIds) {
    const allowed: string[] = [];
    for (const permission of permissions) {
      if (await isAllowed(db, userId, permission)) allowed.push(permission);
    }
    decisions.push({ userId, allowed });
  }
  return decisions;
}
