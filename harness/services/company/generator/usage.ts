import { bits, happenedAt, hash, instant, oneOf, series, skewed } from './expressions.ts';
import { largestAccount, type SeededTable } from './seeded-table.ts';
import { usageMetrics } from './words.ts';

/** About one event per order, skewed to the same accounts. */
export const usageEvents: SeededTable = {
  name: 'usage_events',
  after: [],
  cost: 6,
  columns: ['id', 'account_id', 'metric', 'quantity', 'occurred_at'],
  rows: ({ accounts, orders }) => {
    const events = Math.round(orders / 1_000) * 1_000;
    return `
    SELECT i, CASE WHEN ${bits('h', 20, 10)} < 584 THEN ${largestAccount} ELSE 2 + ${skewed('u', accounts - 2)} END,
      ${oneOf(usageMetrics, bits('h', 30, 12))}, 1 + ${bits('h', 42, 12)} % 50, ${instant(happenedAt('i', events, 'h', 10, 13))}
    FROM (SELECT i, h, ${bits('h', 0, 20)} AS u FROM (SELECT i, ${hash('i', 13)} AS h FROM ${series(events)} s OFFSET 0) s OFFSET 0) s`;
  },
};
