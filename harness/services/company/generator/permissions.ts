import { bits, hash, oneOf, series } from './expressions.ts';
import { type SeededTable, staffUsers } from './seeded-table.ts';
import { groupNames } from './words.ts';

/** Staff are support, owners own, everybody else has one role drawn by weight and sometimes a second one. */
export const userRoles: SeededTable = {
  name: 'user_roles',
  after: [],
  cost: 1,
  columns: ['user_id', 'role_id'],
  rows: (counts) => {
    const lastOwner = staffUsers + counts.accounts - 1;
    const draw = bits('h', 0, 10);
    return `
    SELECT i, roles.id
    FROM (SELECT i, ${hash('i', 5)} AS h FROM ${series(counts.users)} s OFFSET 0) s
    JOIN roles ON CASE
      WHEN i <= ${staffUsers} THEN roles.name = 'support' OR i = 1 AND roles.name = 'owner'
      WHEN i <= ${lastOwner} THEN roles.name = 'owner'
      ELSE roles.name = CASE WHEN ${draw} < 80 THEN 'admin' WHEN ${draw} < 600 THEN 'buyer' WHEN ${draw} < 720 THEN 'approver' ELSE 'viewer' END
        OR roles.name = 'buyer' AND ${bits('h', 10, 10)} < 200 END
    ORDER BY i, roles.id`;
  },
};

/** Three to five groups per account. */
export const groups: SeededTable = {
  name: 'groups',
  after: [],
  cost: 1,
  columns: ['id', 'account_id', 'name'],
  rows: (counts) => `
    SELECT row_number() OVER (), i, ${oneOf(groupNames, '(k - 1)')}
    FROM (SELECT i, generate_series(1, 3 + ${bits(hash('i', 6), 0, 16)} % 3) AS k FROM ${series(counts.accounts)} s) s`,
};

export const groupMembers: SeededTable = {
  name: 'group_members',
  after: ['groups', 'users'],
  cost: 1,
  columns: ['group_id', 'user_id'],
  rows: () => `
    SELECT g.id, u.id
    FROM users u JOIN groups g ON g.account_id = u.account_id
    WHERE ${bits(hash('u.id * 1000003 + g.id', 7), 0, 10)} < 420
    ORDER BY g.id, u.id`,
};

/**
 * Groups grant a few permissions beyond the roles. They withhold only what is out of the ordinary (exports, refunds, prices),
 * so that a user whose role allows everyday work can do it.
 */
export const groupPermissions: SeededTable = {
  name: 'group_permissions',
  after: ['groups'],
  cost: 1,
  columns: ['group_id', 'permission', 'allowed'],
  rows: () => `
    SELECT id, key, NOT (${bits('h', 10, 10)} < 400 AND key ~ '[.](export|import|refund|pricing|discount|schedule|limits|close)$')
    FROM (
      SELECT g.id, p.key, ${hash('g.id * 1000 + p.position', 8)} AS h
      FROM groups g CROSS JOIN (SELECT key, row_number() OVER (ORDER BY key) AS position FROM permissions) p OFFSET 0) s
    WHERE ${bits('h', 0, 10)} < 120
    ORDER BY id, key`,
};
