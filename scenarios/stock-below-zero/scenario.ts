import {
  defineScenario,
  errorRateUnder,
  invariant,
  p95Under,
  poolWaitUnder,
  sameResponses,
  sessionToken,
  trafficPeak,
} from '../../harness/authoring.ts';

const browse = 'browse catalogue';
const look = 'open product';
const buy = 'order usual goods';
const snatch = 'order a bargain';
const giveBack = 'cancel order';
const ask = 'order more than there is';

/** Pairs of goods that are bought together and never run out, by product id from 11. */
const pairs = 5;
const ofPair = (n: string, which: string) => `11 + 2 * ((${n}) % ${pairs}) + (${which}) % 2`;
/**
 * The lines of cart number `n`: a pair, now this and now the other first, and between them something else; or, in every seventh, the first again, for
 * another cost centre. Few pairs, and something between: so that of two who buy the same pair in one second one will often hold what the other wants.
 */
const lineOf = (n: string) => ({
  first: ofPair(n, `${n} / ${pairs}`),
  second: ofPair(n, `${n} / ${pairs} + 1`),
  third: `CASE WHEN ${n} % 7 = 0 THEN ${ofPair(n, `${n} / ${pairs}`)} ELSE 101 + ${n} % 700 END`,
});
const [cart, reservedCart] = [lineOf('n'), lineOf('o.id')];
/** The bargain, of which there are few, and something of which there are five: by product id. */
const bargain = 31;
const scarce = 10;
/** Units of the bargain when the sale opens. */
const bargainUnits = 60;

const token = `${sessionToken('a.owner_id')} AS token`;
const buyers = `(SELECT array_agg(id ORDER BY id) FROM accounts WHERE status = 'active' AND id > 1)`;
const reserved = 'reserved last week';

/** Units of each product in orders that were not cancelled. */
const ordered = `SELECT i.product_id, sum(i.quantity)::int AS units
                 FROM order_items i JOIN orders o ON o.id = i.order_id WHERE o.status <> 'cancelled' GROUP BY 1`;

/** Every product with what the warehouse counted before, units on the shelf and in orders together, and what the app says now. */
const counted = `SELECT p.id, c.units AS counted, p.stock, coalesce(now.units, 0) AS ordered
                 FROM products p JOIN stocktaking.counted c ON c.product_id = p.id
                 LEFT JOIN (${ordered}) now ON now.product_id = p.id`;

interface SaleDay {
  /** There is a bargain, and more people want it than there are units. */
  readonly hasBargain: boolean;
  /** Share of the traffic that buys usual goods, and that cancels what it had reserved. */
  readonly buying: number;
  readonly cancelling: number;
}

export default defineScenario({
  title: 'More sold than there is',
  summary: 'After a flash sale the warehouse misses goods that were sold, and orders for goods in plenty had failed.',
  failure: 'Lost updates and deadlocks in stock changes, and a hot row',
  level: 'senior',
  minutes: 60,
  skills: ['transactions and isolation', 'row locks and their order', 'hot rows', 'invariants'],
  size: 'small',
  network: { postgresMs: 2 },
  variants: {
    sale: { hasBargain: true, buying: 8, cancelling: 2 },
    'day-after': { hasBargain: false, buying: 3, cancelling: 8 },
  } satisfies Record<string, SaleDay>,
  plan: ({ hasBargain, buying, cancelling }) => ({
    workload: {
      rate: { timesFlawedCapacity: 0.07, atLeast: 8, atMost: 12 },
      pools: {
        people: {
          draw: 'uniform',
          sql: `SELECT a.id AS account, ${token} FROM accounts a WHERE a.status = 'active' AND a.id > 1 ORDER BY a.id`,
        },
        products: { draw: 'uniform', sql: 'SELECT id FROM products WHERE id BETWEEN 11 AND 32 ORDER BY id' },
        carts: {
          draw: 'uniform',
          sql: `SELECT ${cart.first} AS first, ${cart.second} AS second, ${cart.third} AS third
                FROM generate_series(1, 4200) n ORDER BY n`,
        },
        reserved: {
          draw: 'once',
          sql: `SELECT o.id, ${token} FROM orders o JOIN accounts a ON a.id = o.account_id
                WHERE o.notes = '${reserved}' ORDER BY o.id`,
        },
      },
      requests: [
        {
          name: browse,
          method: 'GET',
          path: '/v1/products?limit=20',
          headers: { authorization: 'Bearer {people.token}' },
          weight: 5,
        },
        {
          name: look,
          method: 'GET',
          path: '/v1/products/{products.id}',
          headers: { authorization: 'Bearer {people.token}' },
          weight: 2.5,
        },
        {
          name: buy,
          method: 'POST',
          path: '/v1/accounts/{people.account}/orders',
          headers: { authorization: 'Bearer {people.token}' },
          body: {
            items: [
              { productId: '{carts.first}', quantity: 3 },
              { productId: '{carts.third}', quantity: 2 },
              { productId: '{carts.second}', quantity: 1 },
            ],
          },
          weight: buying,
        },
        ...(hasBargain
          ? [
              {
                name: snatch,
                method: 'POST',
                path: '/v1/accounts/{people.account}/orders',
                headers: { authorization: 'Bearer {people.token}' },
                body: { items: [{ productId: bargain, quantity: 4 }] },
                expect: [201, 409],
                weight: 3.5,
              } as const,
            ]
          : []),
        {
          name: giveBack,
          method: 'POST',
          path: '/v1/orders/{reserved.id}/cancel',
          headers: { authorization: 'Bearer {reserved.token}' },
          weight: cancelling,
        },
        {
          name: ask,
          method: 'POST',
          path: '/v1/accounts/{people.account}/orders',
          headers: { authorization: 'Bearer {people.token}' },
          body: { items: [{ productId: scarce, quantity: 6 }] },
          expect: [409],
          weight: 1.2,
        },
      ],
    },
    setUp: [
      `UPDATE products SET stock = CASE WHEN id = ${bargain} THEN ${bargainUnits} WHEN id = ${scarce} THEN 5 ELSE 100000 END
       WHERE id <= 32`,
      // What people had reserved: carts like those of today.
      `INSERT INTO orders (account_id, placed_by, number, total_cents, notes)
       SELECT a.id, a.owner_id, 'TP-R' || lpad(n::text, 9, '0'), 0, '${reserved}'
       FROM generate_series(1, 2000) n
       JOIN accounts a ON a.id = (${buyers})[1 + n % cardinality(${buyers})] ORDER BY n`,
      `INSERT INTO order_items (order_id, product_id, quantity, unit_price_cents)
       SELECT o.id, p.id, k, p.price_cents
       FROM orders o
       CROSS JOIN generate_series(1, 3) k
       JOIN products p ON p.id = CASE k WHEN 1 THEN ${reservedCart.first} WHEN 2 THEN ${reservedCart.second}
                                   ELSE ${reservedCart.third} END
       WHERE o.notes = '${reserved}' ORDER BY o.id, k`,
      `UPDATE orders o SET total_cents = t.total
       FROM (SELECT order_id, sum(quantity * unit_price_cents) AS total FROM order_items GROUP BY 1) t
       WHERE o.id = t.order_id AND o.notes = '${reserved}'`,
      'CREATE SCHEMA stocktaking',
      `CREATE TABLE stocktaking.counted AS
       SELECT p.id AS product_id, p.stock + coalesce(o.units, 0) AS units
       FROM products p LEFT JOIN (${ordered}) o ON o.product_id = p.id`,
    ],
    seconds: { steady: 1.5, incident: 5 },
    timeline: [{ at: 0, fault: trafficPeak({ times: 12 }) }],
    invariants: [
      {
        name: 'stock-adds-up',
        claim: 'What is in stock and what is in orders add up to what the warehouse counted.',
        sql: `SELECT * FROM (${counted}) c WHERE stock + ordered <> counted`,
      },
      {
        name: 'enough-for-everybody',
        claim: 'No product is in more orders than there are units of it.',
        sql: `SELECT * FROM (${counted}) c WHERE ordered > counted`,
      },
      {
        name: 'transactions-left-alone',
        claim: 'The server did not have to end any transaction of the app.',
        sql: 'SELECT datname, deadlocks FROM pg_stat_database WHERE datname = current_database() AND deadlocks > 0',
      },
      ...(hasBargain
        ? [
            {
              name: 'bargain-sold',
              claim: 'Of the bargain, which more people want than there are, at most a fifth is left.',
              sql: `SELECT * FROM (${counted}) c WHERE id = ${bargain} AND stock > ${bargainUnits / 5}`,
            },
          ]
        : []),
    ],
    steadyState: [
      errorRateUnder({ share: 0.05, during: 'steady', name: 'usual-errors' }),
      p95Under({ ms: 500, during: 'steady', name: 'usual-p95' }),
    ],
    objectives: [
      invariant({ name: 'stock-adds-up', claim: 'stock and orders add up to what the warehouse counted' }),
      invariant({
        name: 'transactions-left-alone',
        claim: 'the server did not have to end any transaction of the app',
      }),
      ...(hasBargain
        ? [
            invariant({
              name: 'enough-for-everybody',
              claim: 'no product is in more orders than there are units of it',
            }),
            invariant({ name: 'bargain-sold', claim: 'the bargain is sold, but for a fifth at most' }),
            errorRateUnder({ request: snatch, share: 0.01, name: 'bargain-errors' }),
          ]
        : []),
      errorRateUnder({ request: buy, share: 0.01, name: 'order-errors' }),
      errorRateUnder({ request: giveBack, share: 0.01, name: 'cancellation-errors' }),
      errorRateUnder({ request: ask, share: 0.01, name: 'refused-as-before' }),
      p95Under({ request: buy, ms: 1_500, name: 'order-p95' }),
      p95Under({ request: browse, ms: 750, name: 'catalogue-p95' }),
      poolWaitUnder({ ms: 200 }),
      sameResponses(),
    ],
  }),
});
