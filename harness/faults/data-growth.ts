import type pg from 'pg';
import type { Fault } from '../domain/fault.ts';
import type { Sandbox } from '../domain/sandbox.ts';
import { chooseOriginals, cloneRows, type IdBlock, type Overrides, reserveIds } from './clone-rows.ts';
import { injection } from './injection.ts';
import { parametersOf } from './parameters.ts';
import { withPostgres } from './services.ts';

interface Growing {
  readonly table: string;
  readonly overrides: Overrides;
  /** Tables whose rows belong to a row of this one and are cloned with it. */
  readonly children: readonly { readonly table: string; readonly key: string; readonly overrides: Overrides }[];
}

/** References that partners gave out are unique in real life: clones get their own. */
const orders: Growing = {
  table: 'orders',
  overrides: { number: `original.number || '-' || fresh` },
  children: [
    { table: 'order_items', key: 'order_id', overrides: {} },
    { table: 'order_events', key: 'order_id', overrides: {} },
    {
      table: 'payments',
      key: 'order_id',
      overrides: { provider_payment_id: `original.provider_payment_id || '_' || fresh` },
    },
    { table: 'shipments', key: 'order_id', overrides: { partner_ref: `original.partner_ref || '_' || fresh` } },
  ],
};
const usageEvents: Growing = { table: 'usage_events', overrides: {}, children: [] };

const MOST_ROWS = 2_000_000;
/** Deleting a million orders with all that belongs to them takes about twenty seconds on two busy cores. */
const UNDO_MS = 60_000;

/**
 * The company grows: existing orders (with their items, events, payments and shipments) and usage events are cloned under fresh ids, and the
 * planner's statistics are brought up to date. Foreign keys are not checked meanwhile; triggers that the app's migrations added do fire.
 * Taken back, the clones are deleted again together with whatever was hung on them since, without firing triggers.
 *
 * The injection keeps PostgreSQL busy for about a second per 10 000 orders (measured on two busy cores).
 * @param options.orders orders to add, up to 2 million
 * @param options.usageEvents usage events to add, up to 2 million
 * @throws usageError `FAULT_INVALID`
 */
export function dataGrowth(options: { readonly orders?: number; readonly usageEvents?: number }): Fault {
  const wanted = [
    { growing: orders, count: options.orders ?? 0 },
    { growing: usageEvents, count: options.usageEvents ?? 0 },
  ].filter(({ count }) => count !== 0);
  const parameters = parametersOf('data-growth');
  for (const { growing, count } of wanted) parameters.whole(growing.table, count, 1, MOST_ROWS);
  parameters.whole('kinds of rows that grow', wanted.length, 1, 2);
  const amounts = wanted.map(({ growing, count }) => `${count} ${growing.table.replace('_', ' ')}`).join(' and ');
  return {
    name: 'data-growth',
    summary: `The data grows by ${amounts}.`,
    async inject(sandbox, signal) {
      const grown: { readonly growing: Growing; readonly block: IdBlock; readonly rows: number }[] = [];
      const undo = async () => {
        for (const { growing, block } of [...grown].reverse()) await shrink(sandbox, growing, block);
      };
      try {
        for (const { growing, count } of wanted)
          grown.push({ growing, ...(await grow(sandbox, growing, count, signal)) });
      } catch (error) {
        await undo();
        throw error;
      }
      const receipt = grown
        .map(({ growing, rows }) => `${rows} rows added to ${tablesOf(growing).join(', ')}`)
        .join('; ');
      return injection({ receipt, witness: () => countRows(sandbox, grown), undo }, UNDO_MS);
    },
  };
}

const tablesOf = ({ table, children }: Growing) => [table, ...children.map((child) => child.table)];

async function grow(sandbox: Sandbox, growing: Growing, count: number, signal: AbortSignal) {
  return withPostgres(sandbox.postgres.adminUrl, async (client) => {
    const block = await reserveIds(client, growing.table, count);
    await chooseOriginals(client, growing.table, block);
    const cancel = () => void cancelBackend(sandbox, client).catch(() => {});
    signal.addEventListener('abort', cancel, { once: true });
    try {
      signal.throwIfAborted();
      await client.query('BEGIN');
      if (!(await hasTriggers(client, tablesOf(growing))))
        await client.query(`SET LOCAL session_replication_role = replica`);
      let rows = await cloneRows(client, growing.table, 'id', growing.overrides);
      for (const { table, key, overrides } of growing.children) rows += await cloneRows(client, table, key, overrides);
      await client.query('COMMIT');
      await client.query(`ANALYZE ${tablesOf(growing).join(', ')}`);
      return { block, rows };
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  });
}

async function shrink(sandbox: Sandbox, growing: Growing, { from, to }: IdBlock): Promise<void> {
  await withPostgres(sandbox.postgres.adminUrl, async (client) => {
    await client.query('BEGIN');
    // Deleting an order makes PostgreSQL look for its children one order at a time, by a scan each where a foreign key has no index.
    await client.query('SET LOCAL session_replication_role = replica');
    for (const { table, key } of growing.children)
      await client.query(`DELETE FROM ${table} WHERE ${key} BETWEEN ${from} AND ${to}`);
    await client.query(`DELETE FROM ${growing.table} WHERE id BETWEEN ${from} AND ${to}`);
    await client.query('COMMIT');
    await client.query(`ANALYZE ${tablesOf(growing).join(', ')}`);
  });
}

/** Whether a migration of the app has put triggers of its own on one of the tables. */
async function hasTriggers(client: pg.Client, tables: readonly string[]): Promise<boolean> {
  const { rowCount } = await client.query(
    `SELECT 1 FROM pg_trigger WHERE NOT tgisinternal AND tgrelid = ANY($1::text[]::regclass[]) LIMIT 1`,
    [tables],
  );
  return rowCount === 1;
}

function cancelBackend(sandbox: Sandbox, client: pg.Client): Promise<unknown> {
  const { processID } = client as unknown as { processID: number };
  return withPostgres(sandbox.postgres.adminUrl, (other) => other.query('SELECT pg_cancel_backend($1)', [processID]));
}

async function countRows(
  sandbox: Sandbox,
  grown: readonly { readonly growing: Growing; readonly block: IdBlock }[],
): Promise<string | undefined> {
  return withPostgres(sandbox.postgres.readerUrl, async (client) => {
    const seen: string[] = [];
    for (const { growing, block } of grown) {
      const { rows } = await client.query<{ n: number; size: string }>(
        `SELECT count(*)::int AS n, pg_size_pretty(pg_total_relation_size('${growing.table}')) AS size
         FROM ${growing.table} WHERE id BETWEEN $1 AND $2`,
        [block.from, block.to],
      );
      const { n, size } = rows[0]!;
      if (n < block.to - block.from + 1) return undefined;
      seen.push(`${n} new rows in ${growing.table}, now ${size}`);
    }
    return `Another session reads ${seen.join(' and ')}`;
  });
}
