import { bits, hash, historyEndsAt, instant, oneOf, series, skewed } from './expressions.ts';
import { largestAccount, type SeededTable, staffUsers } from './seeded-table.ts';
import {
  companyForms,
  companyPlaces,
  companyTrades,
  familyNames,
  givenNames,
  jobTitles,
  locales,
  timeZones,
  userAgents,
} from './words.ts';

const twoYears = 2 * 365 * 86_400;
const historyStart = historyEndsAt.getTime() / 1_000 - twoYears;
const companiesOfOldSeconds = 4 * twoYears;

/** Which user owns an account: its first one. User 1 owns account 1, the other accounts' owners follow the staff. */
function ownerOf(account: string): string {
  return `CASE WHEN ${account} = 1 THEN 1 ELSE ${staffUsers - 1} + ${account} END`;
}

function slugOf(account: string): string {
  const place = oneOf(companyPlaces, `${account} * 7`);
  const trade = oneOf(companyTrades, account);
  return `CASE ${account} WHEN 1 THEN 'tradepost' WHEN ${largestAccount} THEN 'harborline'
    ELSE lower(${place} || '-' || ${trade}) || '-' || ${account} END`;
}

/** The balance is what the account has paid, as the app keeps it. */
export const accounts: SeededTable = {
  name: 'accounts',
  after: ['orders'],
  cost: 1,
  columns: ['id', 'name', 'slug', 'plan', 'status', 'owner_id', 'balance_cents', 'created_at'],
  rows: (counts) => `
    SELECT i,
      CASE i WHEN 1 THEN 'Tradepost Operations' WHEN ${largestAccount} THEN 'Harborline Distribution Group'
        ELSE ${oneOf(companyPlaces, 'i * 7')} || ' ' || ${oneOf(companyTrades, 'i')} || ' ' || ${oneOf(companyForms, bits('h', 0, 8))} END,
      ${slugOf('i')},
      CASE WHEN i <= 2 OR ${bits('h', 8, 10)} < 60 THEN 'enterprise' WHEN ${bits('h', 8, 10)} < 400 THEN 'starter' ELSE 'standard' END,
      CASE WHEN i > 2 AND ${bits('h', 18, 10)} < 20 THEN 'suspended' ELSE 'active' END,
      ${ownerOf('i')},
      coalesce(paid.total, 0),
      ${instant(`${historyStart} - ${bits('h', 28, 30)} % ${companiesOfOldSeconds}`)}
    FROM (SELECT i, ${hash('i', 1)} AS h FROM ${series(counts.accounts)} s) a
    LEFT JOIN (SELECT account_id, sum(total_cents) AS total FROM orders WHERE status IN ('paid', 'fulfilled') GROUP BY 1) paid
      ON paid.account_id = a.i
    ORDER BY i`,
};

/** Every account has its owner; of the others about a fifth belong to the largest account, the rest to few accounts rather than many. */
export const users: SeededTable = {
  name: 'users',
  after: [],
  cost: 1,
  columns: ['id', 'account_id', 'email', 'name', 'title', 'status', 'is_staff', 'created_at'],
  rows: (counts) => {
    const lastOwner = staffUsers + counts.accounts - 1;
    const given = oneOf(givenNames, bits('h', 20, 12));
    const family = oneOf(familyNames, bits('h', 32, 12));
    return `
    SELECT i, account_id,
      lower(${given} || '.' || ${family}) || i || '@' || (${slugOf('account_id')}) || '.example',
      ${given} || ' ' || ${family},
      ${oneOf(jobTitles, bits('h', 44, 8))},
      CASE WHEN i <= ${lastOwner} OR ${bits('h', 52, 10)} >= 30 THEN 'active' WHEN ${bits('h', 52, 10)} < 10 THEN 'banned' ELSE 'invited' END,
      i <= ${staffUsers},
      ${instant(`${historyStart} + (i - 1) * ${twoYears - 86_400} / ${counts.users}`)}
    FROM (
      SELECT i, h, CASE
        WHEN i <= ${staffUsers} THEN 1
        WHEN i <= ${lastOwner} THEN i - ${staffUsers - 1}
        WHEN ${bits('h', 52, 10)} % 100 < 22 THEN ${largestAccount}
        ELSE 2 + ${skewed('u', counts.accounts - 2)} END AS account_id
      FROM (SELECT i, h, ${bits('h', 0, 20)} AS u FROM (SELECT i, ${hash('i', 2)} AS h FROM ${series(counts.users)} s OFFSET 0) s) s
      OFFSET 0) u`;
  },
};

export const userPreferences: SeededTable = {
  name: 'user_preferences',
  after: [],
  cost: 1,
  columns: ['user_id', 'locale', 'time_zone', 'digest', 'updated_at'],
  rows: (counts) => `
    SELECT i, ${oneOf(locales, bits('h', 0, 8))}, ${oneOf(timeZones, bits('h', 8, 8))},
      ${oneOf(['weekly', 'daily', 'off'], bits('h', 16, 8))}, ${instant(`${historyStart} + ${bits('h', 24, 25)}`)}
    FROM (SELECT i, ${hash('i', 3)} AS h FROM ${series(counts.users)} s OFFSET 0) s`,
};

/**
 * One session per user, with a token that a scenario can work out: `st_` and the MD5 of `tradepost-session-<user id>`. A seeded company may be years old
 * before it is played, so they last.
 */
export const sessions: SeededTable = {
  name: 'sessions',
  after: [],
  cost: 1,
  columns: ['id', 'user_id', 'token_hash', 'user_agent', 'created_at', 'expires_at'],
  rows: (counts) => `
    SELECT i, i, encode(sha256(convert_to('st_' || md5('tradepost-session-' || i), 'UTF8')), 'hex'),
      ${oneOf(userAgents, bits('h', 0, 8))}, ${instant(`${historyStart} + ${bits('h', 8, 25)}`)}, timestamptz '2099-12-31 00:00Z'
    FROM (SELECT i, ${hash('i', 4)} AS h FROM ${series(counts.users)} s OFFSET 0) s`,
};
