import { resolvePermissions } from '../permissions/resolve.ts';
import type { Queryable } from '../platform/database.ts';
import type { Preferences, Profile } from './profile.ts';
import {
  findPreferences,
  findUserWithAccount,
  listGroupOverrides,
  listGroups,
  listRolePermissions,
  listRoles,
  summariseActivity,
} from './queries.ts';

const defaultPreferences: Preferences = { locale: 'en', timeZone: 'UTC', digest: 'weekly' };

/** Puts a profile together from the database. */
export async function loadProfile(db: Queryable, userId: number): Promise<Profile | undefined> {
  const user = await findUserWithAccount(db, userId);
  if (!user) return undefined;
  const { accountId, accountName, accountPlan, accountStatus, ...person } = user;
  const preferences = await findPreferences(db, userId);
  const roles = await listRoles(db, userId);
  const rolePermissions = await listRolePermissions(
    db,
    roles.map((role) => role.id),
  );
  const groups = await listGroups(db, userId);
  const overrides = await listGroupOverrides(
    db,
    groups.map((group) => group.id),
  );
  const activity = await summariseActivity(db, userId);
  return {
    ...person,
    account: { id: accountId, name: accountName, plan: accountPlan, status: accountStatus },
    preferences: preferences ?? defaultPreferences,
    roles: roles.map((role) => role.name),
    groups,
    permissions: resolvePermissions(rolePermissions, overrides),
    activity,
  };
}
