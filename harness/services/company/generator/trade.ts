import type { CompanyCounts } from '../../../domain/company.ts';
import { bits, countedBefore, happenedAt, hash, historyEndsAt, instant, oneOf, series, skewed } from './expressions.ts';
import { largestAccount, type SeededTable } from './seeded-table.ts';
import { orderNotes, productKinds, productQualities } from './words.ts';

const day = 86_400;
const end = historyEndsAt.getTime() / 1_000;

export const products: SeededTable = {
  name: 'products',
  after: [],
  cost: 1,
  columns: ['id', 'sku', 'name', 'category', 'price_cents', 'stock', 'created_at'],
  rows: (counts) => `
    SELECT i, 'TP-' || upper(left(category, 3)) || '-' || lpad(i::text, 6, '0'),
      ${oneOf(productQualities, bits('h', 0, 12))} || ' ' || kind || ' ' || (1 + ${bits('h', 12, 8)} % 60) * 5, category,
      ${priceOf('i')}, 50000 + ${bits('h', 20, 20)} % 450000, ${instant(`${end} - ${750 * day} - ${bits('h', 40, 20)} * 60`)}
    FROM (SELECT i, h, ${oneOf(
      productKinds.map(([category]) => category),
      'i',
    )} AS category, ${oneOf(
      productKinds.map(([, kind]) => kind),
      'i',
    )} AS kind
      FROM (SELECT i, ${hash('i', 9)} AS h FROM ${series(counts.products)} s OFFSET 0) s OFFSET 0) s`,
};

function priceOf(product: string): string {
  return `(199 + ${product} * 7919 % 24800)`;
}

/** One to six items per order, 3.1 on average. The few popular products make up most of them. */
export const orderItems: SeededTable = {
  name: 'order_items',
  after: [],
  cost: 12,
  columns: ['id', 'order_id', 'product_id', 'quantity', 'unit_price_cents'],
  rows: (counts) => `
    SELECT before + k, i, p, 1 + ${bits('h', 20, 10)} % 5, ${priceOf('p')}
    FROM (SELECT before, k, i, h, ${skewed(bits('h', 0, 20), counts.products)} AS p
      FROM (SELECT before, k, i, ${hash('i * 8 + k', 10)} AS h
        FROM (SELECT i, ${countedBefore('n')} AS before, generate_series(1, n) AS k
          FROM (SELECT i, ('{1,1,1,2,2,2,2,3,3,3,3,3,4,4,4,4,5,5,6,6}'::int[])[1 + ${bits(hash('i', 11), 0, 20)} % 20] AS n
            FROM ${series(counts.orders)} s OFFSET 0) s) s OFFSET 0) s OFFSET 0) s`,
};

/**
 * Who ordered when, and what became of it, one row per order: i, account_id, status, created (seconds), h (hash), pick (20 bits).
 * 57 % belong to the largest account, 13 % go around all accounts so that none is without, the rest is skewed to few accounts.
 */
function orderFacts({ accounts, orders }: CompanyCounts, source: string): string {
  return `
    SELECT *, CASE
        WHEN drawn >= 1004 THEN 'cancelled' WHEN drawn >= 922 THEN 'pending'
        WHEN drawn < 40 OR created > ${end - 10 * day} THEN 'paid' ELSE 'fulfilled' END AS status,
      CASE WHEN class < 584 THEN ${largestAccount}
        WHEN class < 717 THEN 1 + i % ${accounts}
        ELSE 2 + ${skewed('u', accounts - 2)} END AS account_id
    FROM (SELECT *, ${bits('h', 0, 20)} AS u, ${bits('h', 20, 10)} AS class, ${bits('h', 30, 10)} AS drawn,
        ${pickOf('h')} AS pick, ${happenedAt('i', orders, 'h', 7, 13)} AS created
      FROM (SELECT *, ${hash('i', orderSalt)} AS h FROM ${source} s OFFSET 0) s OFFSET 0) s`;
}

const orderSalt = 12;

function pickOf(hashed: string): string {
  return bits(hashed, 40, 20);
}

/** Users by account. Nobody orders before having accepted the invitation. */
const buyers = `(SELECT account_id, array_agg(id ORDER BY id) AS ids, count(*) AS n FROM users WHERE status <> 'invited' GROUP BY account_id)`;
const buyer = 'b.ids[1 + f.pick % b.n]';

/** An order's total is the sum of its items. */
export const orders: SeededTable = {
  name: 'orders',
  after: ['order_items', 'users'],
  cost: 12,
  columns: [
    'id',
    'account_id',
    'placed_by',
    'number',
    'status',
    'currency',
    'total_cents',
    'notes',
    'created_at',
    'paid_at',
  ],
  rows: (counts) => `
    SELECT f.i, f.account_id, ${buyer}, 'TP-' || upper(lpad(to_hex(f.i * 740158938719 & 1099511627775), 10, '0')), f.status,
      CASE WHEN f.account_id % 10 IN (3, 7) THEN 'USD' WHEN f.account_id % 10 = 5 THEN 'GBP' ELSE 'EUR' END, f.total,
      CASE WHEN f.pick >= 900000 THEN ${oneOf(orderNotes, 'f.pick')} ELSE '' END, ${instant('f.created')},
      CASE WHEN f.status IN ('paid', 'fulfilled') THEN ${paidAt} END
    FROM (${orderFacts(counts, '(SELECT order_id AS i, sum(quantity * unit_price_cents) AS total FROM order_items GROUP BY order_id)')} OFFSET 0) f
    JOIN ${buyers} b USING (account_id)
    ORDER BY f.i`,
};

const paidAt = instant('f.created + 60 + f.pick % 65536');

/**
 * What the app writes itself: placed, then cancelled, or payment requested (now and then failed once) and paid. `n` events per order tell its story:
 * 1 placed, 2 placed and cancelled, 3 paid, 5 paid at the second attempt.
 */
export const orderEvents: SeededTable = {
  name: 'order_events',
  after: ['orders_pkey'],
  cost: 14,
  columns: ['id', 'order_id', 'actor_id', 'kind', 'detail', 'created_at'],
  rows: () => `
    SELECT before + k, order_id,
      CASE WHEN k = 1 OR n = 2 OR k < n AND k <> 3 THEN actor END,
      CASE WHEN k = 1 THEN 'placed' WHEN k = n THEN CASE n WHEN 2 THEN 'cancelled' ELSE 'paid' END
        WHEN k = 3 THEN 'payment_failed' ELSE 'payment_requested' END,
      '{}'::jsonb,
      created_at + make_interval(secs => CASE WHEN k = n AND n > 1 THEN k * 20 + pick % 65536 ELSE k * 20 END)
    FROM (SELECT *, ${countedBefore('n')} AS before, generate_series(1, n) AS k
      FROM (SELECT order_id, actor, created_at, pick,
          CASE status WHEN 'pending' THEN 1 WHEN 'cancelled' THEN 2 ELSE CASE WHEN pick % 8 = 0 THEN 5 ELSE 3 END END AS n
        FROM (SELECT id AS order_id, placed_by AS actor, created_at, status, ${pickOf(hash('id', orderSalt))} AS pick
          FROM orders ORDER BY id OFFSET 0) o OFFSET 0) o) o`,
};

export const payments: SeededTable = {
  name: 'payments',
  after: ['orders_pkey'],
  cost: 7,
  columns: ['id', 'order_id', 'provider_payment_id', 'amount_cents', 'currency', 'received_at'],
  rows: () => `
    SELECT row_number() OVER (ORDER BY id), id, 'pay_seed_' || id, total_cents, currency, paid_at
    FROM orders WHERE paid_at IS NOT NULL ORDER BY id`,
};

export const shipments: SeededTable = {
  name: 'shipments',
  after: ['orders_pkey'],
  cost: 5,
  columns: ['id', 'order_id', 'partner_ref', 'status', 'requested_at'],
  rows: () => `
    SELECT row_number() OVER (ORDER BY id), id, 'shp_seed_' || id,
      CASE WHEN status = 'paid' THEN 'requested' WHEN created_at > to_timestamp(${end - 20 * day}) THEN 'shipped' ELSE 'delivered' END,
      paid_at + interval '5 minutes'
    FROM orders WHERE paid_at IS NOT NULL ORDER BY id`,
};
