/** SQL about the people of the seeded company, as text for the pools and faults of scenarios. */

/**
 * The session token of a user of the seeded company; each has one.
 * @param user SQL of the user's id, for example `a.owner_id`
 */
export function sessionToken(user: string): string {
  return `'st_' || md5('tradepost-session-' || ${user})`;
}

/**
 * Everybody who has this permission by a role, unless a group withholds it from them: the columns `account_id`, `id` and `token`, in no order. Of active people in
 * active accounts only.
 * @param permission as the app's routes need it, for example `orders.export`
 */
export function peopleWhoMay(permission: string): string {
  return `
  SELECT DISTINCT u.account_id, u.id, ${sessionToken('u.id')} AS token
  FROM users u
  JOIN accounts a ON a.id = u.account_id AND a.status = 'active'
  JOIN user_roles ur ON ur.user_id = u.id
  JOIN role_permissions rp ON rp.role_id = ur.role_id AND rp.permission = '${permission}'
  WHERE u.status = 'active' AND NOT EXISTS (
    SELECT FROM group_members gm JOIN group_permissions gp ON gp.group_id = gm.group_id
    WHERE gm.user_id = u.id AND gp.permission = '${permission}' AND NOT gp.allowed)`;
}
