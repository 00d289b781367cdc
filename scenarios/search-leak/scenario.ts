import {
  defineScenario,
  errorRateUnder,
  p95Under,
  sameResponses,
  searchesFind,
  sessionToken,
  tenantSearches,
  tenantsApart,
} from '../../harness/authoring.ts';

/** What is searched, as somebody of one tenant. */
interface Searched {
  readonly path: string;
  /** The table, and the text in which the words are looked for. */
  readonly table: string;
  readonly text: string;
  /** Which rows the tenant `t` may find. */
  readonly visible: string;
  /** Column that gets the phrases below, in this many rows of the tenant. */
  readonly phrases: string;
  /** Words that people usually search for. */
  readonly usual: string;
  /** Searches that nobody should get anything foreign by; `{account}` is the tenant's. */
  readonly curious: readonly string[];
}

/** Things that are really called so. */
const phrases = [
  `Dock 4, attention O'Neill`,
  `12,5% agreed with sales`,
  `Größe L für die Küche`,
  `日本 label set`,
  `Union Jack bunting`,
  `select grade, drop-off at gate`,
  `A4 -- landscape; 90 "gsm"`,
  `d'Arcy & Sons or O'Hara`,
];

/** How people look for them. */
const awkward = [
  `O'Neill`,
  `12,5%`,
  `größe küche`,
  '日本',
  'union jack',
  'select grade',
  'drop-off',
  'A4 -- landscape;',
  '"gsm"',
  `o'hara or d'arcy`,
];

/** Whatever the search, these want more rows. */
const more = [
  `%')OR(1=1)OR('%'='`,
  `zz%')OR(2>1)OR('%'='`,
  `\\')OR(1=1)--`,
  `zz'')OR(1=1)--`,
  `zz%')oR/**/tRuE--`,
  `ʼ)OR(1=1)--`,
  `%27)OR(1=1)--`,
];

/** The largest of the smaller tenants, and its owner. */
const tenant = `
  SELECT a.id AS account_id, ${sessionToken('a.owner_id')} AS token
  FROM accounts a JOIN users u ON u.account_id = a.id AND u.status = 'active'
  WHERE a.status = 'active' AND a.id > 2 GROUP BY a.id ORDER BY count(*) DESC, a.id LIMIT 1`;

const bearer = { authorization: 'Bearer {usual.token}' };
const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;
const list = (texts: readonly string[]) => `unnest(ARRAY[${texts.map(literal).join(', ')}])`;

export default defineScenario({
  title: 'Whose order is this?',
  summary: 'A customer sends a screenshot of a search: among the results is something that is not theirs.',
  failure: 'SQL built by concatenation in a search endpoint',
  level: 'junior',
  minutes: 40,
  skills: ['secure SQL', 'multi-tenancy', 'regression-safe repair'],
  size: 'small',
  variants: {
    orders: {
      path: '/v1/accounts/{row.account_id}/orders/search?q={row.q}',
      table: 'orders',
      text: `number || chr(10) || notes`,
      visible: 's.account_id = t.account_id',
      phrases: 'notes',
      usual: `SELECT substr(number, 4, 3) FROM orders o JOIN t USING (account_id) UNION SELECT split_part(notes, ' ', 1) FROM orders o JOIN t USING (account_id) WHERE notes ~ '^[A-Za-z]{3,} '`,
      curious: [
        ...more,
        `zz%')UNION/**/SELECT/**/id,1,1,email,name,'',1,'',now(),now()/**/FROM/**/users--`,
        `zz%')UNION/**/SELECT/**/id,{account},1,number,status,'',1,notes,now(),now()/**/FROM/**/orders--`,
      ],
    },
    people: {
      path: '/v1/accounts/{row.account_id}/users/search?q={row.q}',
      table: 'users',
      text: 'name || chr(10) || title || chr(10) || email',
      visible: 's.account_id = t.account_id',
      phrases: 'title',
      usual: `SELECT split_part(name, ' ', 2) FROM users u JOIN t USING (account_id)`,
      curious: [
        ...more,
        `zz%')UNION/**/SELECT/**/id,1,email,name,title,status,created_at/**/FROM/**/users--`,
        `zz%')UNION/**/SELECT/**/id,{account},number,notes,'','',now()/**/FROM/**/orders--`,
      ],
    },
    products: {
      path: '/v1/products/search?q={row.q}',
      table: 'products',
      text: 'name || chr(10) || sku',
      visible: 'true',
      phrases: 'name',
      usual: `SELECT split_part(name, ' ', 1) FROM products`,
      curious: [
        ...more,
        `zz%')UNION/**/SELECT/**/id,email,name,title,1,1,now()/**/FROM(SELECT/**/*,''sku/**/FROM/**/users)u/**/WHERE('%'='`,
        `zz%')UNION/**/SELECT/**/id,number,notes,'',1,1,now()/**/FROM(SELECT/**/*,''sku/**/FROM/**/orders)o/**/WHERE('%'='`,
        `zz'')UNION/**/SELECT/**/id,email,name,title,1,1,now()/**/FROM(SELECT/**/*,''sku/**/FROM/**/users)u/**/WHERE('%'=''`,
        `\\')UNION/**/SELECT/**/id,email,name,title,1,1,now()/**/FROM(SELECT/**/*,\\'\\'sku/**/FROM/**/users)u/**/WHERE(\\'%\\'=\\'`,
      ],
    },
  } satisfies Record<string, Searched>,
  plan: ({ path, table, text, visible, phrases: column, usual, curious }) => ({
    setUp: [
      `WITH t AS (${tenant}),
         rows AS (SELECT s.id, row_number() OVER (ORDER BY s.id) AS k FROM ${table} s, t WHERE ${visible}),
         phrases AS (SELECT phrase, k FROM ${list(phrases)} WITH ORDINALITY AS p (phrase, k))
       UPDATE ${table} s SET ${column} = phrase FROM rows JOIN phrases USING (k) WHERE s.id = rows.id`,
    ],
    workload: {
      rate: { perSecond: 40 },
      pools: {
        usual: {
          draw: 'uniform',
          sql: `WITH t AS (${tenant}), words AS (${usual}) SELECT * FROM t, (SELECT * FROM words LIMIT 60) w (q) WHERE length(q) > 2 ORDER BY q`,
        },
      },
      requests: [
        { name: 'search', method: 'GET', path: path.replaceAll('{row.', '{usual.'), headers: bearer, weight: 6 },
        { name: 'browse', method: 'GET', path: '/v1/products?limit=20', headers: bearer, weight: 3 },
        { name: 'who am I', method: 'GET', path: '/v1/me', headers: bearer, weight: 1 },
      ],
    },
    seconds: { steady: 3, incident: 6 },
    timeline: [
      {
        at: 0.2,
        fault: tenantSearches({
          path,
          everyMs: 100,
          sql: `
            WITH t AS (${tenant})
            SELECT t.*, q, ARRAY(
              SELECT s.id FROM ${table} s
              WHERE ${visible} AND NOT EXISTS (
                SELECT FROM regexp_split_to_table(q, '\\s+') word WHERE position(lower(word) IN lower(${text})) = 0)) AS expected
            FROM t, ${list(awkward)} AS q
            UNION ALL SELECT t.*, replace(q, '{account}', t.account_id::text), NULL FROM t, ${list(curious)} AS q`,
          foreign: `
            WITH t AS (${tenant})
            SELECT number FROM orders o, t WHERE o.account_id <> t.account_id
            UNION ALL SELECT email FROM users u, t WHERE u.account_id <> t.account_id`,
        }),
      },
    ],
    steadyState: [
      errorRateUnder({ share: 0.01, during: 'steady', name: 'usual-errors' }),
      p95Under({ ms: 500, during: 'steady', name: 'usual-p95' }),
    ],
    objectives: [
      tenantsApart(),
      searchesFind(),
      errorRateUnder({ share: 0.01 }),
      p95Under({ request: 'search', ms: 500, name: 'search-p95' }),
      sameResponses(),
    ],
  }),
});
