import type { Queryable } from '../platform/database.ts';
import type { Activity, Preferences, Profile } from './profile.ts';

type UserRow = Pick<Profile, 'id' | 'email' | 'name' | 'title' | 'status' | 'isStaff'> & {
  accountId: number;
  accountName: string;
  accountPlan: string;
  accountStatus: Profile['account']['status'];
};

export async function findUserWithAccount(db: Queryable, userId: number) {
  const [user] = await db.query<UserRow>(
    `SELECT u.id, u.email, u.name, u.title, u.status, u.is_staff AS "isStaff",
            a.id AS "accountId", a.name AS "accountName", a.plan AS "accountPlan", a.status AS "accountStatus"
     FROM users u
     JOIN accounts a ON a.id = u.account_id
     WHERE u.id = $1`,
    [userId],
  );
  return user;
}

export async function findPreferences(db: Queryable, userId: number) {
  const [preferences] = await db.query<Preferences>(
    'SELECT locale, time_zone AS "timeZone", digest FROM user_preferences WHERE user_id = $1',
    [userId],
  );
  return preferences;
}

export async function updatePreferences(
  db: Queryable,
  userId: number,
  changes: { [Key in keyof Preferences]?: Preferences[Key] | undefined },
) {
  const [preferences] = await db.query<Preferences>(
    `INSERT INTO user_preferences (user_id, locale, time_zone, digest)
     VALUES ($1, coalesce($2, 'en'), coalesce($3, 'UTC'), coalesce($4, 'weekly'))
     ON CONFLICT (user_id) DO UPDATE
     SET locale = coalesce($2, user_preferences.locale),
         time_zone = coalesce($3, user_preferences.time_zone),
         digest = coalesce($4, user_preferences.digest),
         updated_at = now()
     RETURNING locale, time_zone AS "timeZone", digest`,
    [userId, changes.locale, changes.timeZone, changes.digest],
  );
  return preferences;
}

export async function listRoles(db: Queryable, userId: number) {
  return db.query<{ id: number; name: string }>(
    `SELECT r.id, r.name
     FROM user_roles ur
     JOIN roles r ON r.id = ur.role_id
     WHERE ur.user_id = $1
     ORDER BY r.id`,
    [userId],
  );
}

export async function listRolePermissions(db: Queryable, roleIds: number[]): Promise<string[]> {
  const rows = await db.query<{ permission: string }>(
    'SELECT DISTINCT permission FROM role_permissions WHERE role_id = ANY($1)',
    [roleIds],
  );
  return rows.map((row) => row.permission);
}

export async function listGroups(db: Queryable, userId: number) {
  return db.query<{ id: number; name: string }>(
    `SELECT g.id, g.name
     FROM group_members gm
     JOIN groups g ON g.id = gm.group_id
     WHERE gm.user_id = $1
     ORDER BY g.id`,
    [userId],
  );
}

export async function listGroupOverrides(db: Queryable, groupIds: number[]) {
  return db.query<{ permission: string; allowed: boolean }>(
    'SELECT permission, allowed FROM group_permissions WHERE group_id = ANY($1)',
    [groupIds],
  );
}

export async function summariseActivity(db: Queryable, userId: number): Promise<Activity> {
  const [activity] = await db.query<Activity>(
    `SELECT count(*) AS orders, coalesce(sum(total_cents), 0)::bigint AS "totalCents"
     FROM orders
     WHERE placed_by = $1 AND created_at > now() - interval '90 days'`,
    [userId],
  );
  return activity ?? { orders: 0, totalCents: 0 };
}
