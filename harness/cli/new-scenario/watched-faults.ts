import type { Constant, OfferedFault } from './offered.ts';

const group = 'What people do, and what they see of it';

const watched: Constant = {
  name: 'watched',
  about: 'People of all accounts but the largest, with their sessions.',
  value: `
  SELECT u.id AS user_id, \${sessionToken('u.id')} AS token
  FROM users u JOIN accounts a ON a.id = u.account_id AND a.status = 'active'
  WHERE u.status = 'active' AND a.id > 2 AND u.id <> a.owner_id ORDER BY u.id DESC LIMIT 4`,
};

const dismissed: Constant = {
  name: 'dismissed',
  about: 'People who can be banned, with the owner of their account, who does it.',
  value: `
  SELECT u.id AS user_id, \${sessionToken('u.id')} AS token, \${sessionToken('a.owner_id')} AS admin_token
  FROM users u JOIN accounts a ON a.id = u.account_id AND a.status = 'active'
  WHERE u.status = 'active' AND a.id > 2 AND u.id <> a.owner_id ORDER BY u.id`,
};

const tenant: Constant = {
  name: 'tenant',
  about: 'One of the smaller accounts, and its owner.',
  value: `
  SELECT id AS account_id, \${sessionToken('owner_id')} AS token
  FROM accounts WHERE status = 'active' AND id > 2 ORDER BY id LIMIT 1`,
};

const searches: Constant = {
  name: 'searches',
  about: 'What is searched for, and the orders that a search has to find.',
  value: `
  SELECT t.account_id, t.token, o.number AS q, ARRAY(
    SELECT s.id FROM orders s
    WHERE s.account_id = t.account_id AND position(lower(o.number) IN lower(s.number || chr(10) || s.notes)) > 0) AS expected
  FROM (\${tenant}) t JOIN orders o ON o.account_id = t.account_id ORDER BY o.id LIMIT 20`,
};

/** Faults by which people do something and watch what comes of it. */
export const watchedFaults: readonly OfferedFault[] = [
  {
    name: 'user-bans',
    group,
    meaning: 'people lose their access and go on trying to get in',
    calls: 'userBans',
    uses: ['sessionToken'],
    at: 0,
    arguments: '{ sql: dismissed, count: 8, everyMs: 500, giveUpMs: 3_500 }',
    constants: [dismissed],
    skill: 'authorisation',
  },
  {
    name: 'record-changes',
    group,
    meaning: 'people change something and look whether it shows',
    calls: 'recordChanges',
    uses: ['sessionToken'],
    at: 1,
    arguments: `{
  sql: changing,
  count: 3,
  change: {
    method: 'POST',
    path: '/v1/accounts/{row.account_id}/orders',
    headers: { authorization: 'Bearer {row.token}' },
    body: { items: [{ productId: 7, quantity: 1 }], notes: '{uuid}' },
  },
  view: {
    method: 'GET',
    path: '/v1/accounts/{row.account_id}/orders?limit=20',
    headers: { authorization: 'Bearer {row.token}' },
  },
  stored: 'SELECT 1 FROM orders WHERE notes = $1',
}`,
    constants: [
      {
        name: 'changing',
        about: 'Accounts that get a new order, and their owners.',
        value: `
  SELECT id AS account_id, \${sessionToken('owner_id')} AS token
  FROM accounts WHERE status = 'active' AND id > 2 ORDER BY id DESC LIMIT 3`,
      },
    ],
    skill: 'freshness',
  },
  {
    name: 'preference-changes',
    group,
    meaning: 'people change their own settings and look whether they stay changed',
    calls: 'preferenceChanges',
    uses: ['sessionToken'],
    at: 1,
    arguments: '{ sql: watched }',
    constants: [watched],
    skill: 'cache invalidation',
  },
  {
    name: 'profile-edits',
    group,
    meaning: 'support corrects data past the app; people wait until it shows',
    calls: 'profileEdits',
    uses: ['sessionToken'],
    at: 0,
    arguments: '{ sql: watched, giveUpMs: 4_000 }',
    constants: [watched],
    skill: 'cache expiry',
  },
  {
    name: 'tenant-searches',
    group,
    meaning: 'one customer searches, for ordinary and for curious things',
    calls: 'tenantSearches',
    uses: ['sessionToken'],
    at: 0,
    arguments: `{
  sql: searches,
  path: '/v1/accounts/{row.account_id}/orders/search?q={row.q}',
  foreign: \`SELECT number FROM orders WHERE account_id <> (SELECT account_id FROM (\${tenant}) t)\`,
  everyMs: 100,
}`,
    constants: [tenant, searches],
    skill: 'multi-tenancy',
  },
];
