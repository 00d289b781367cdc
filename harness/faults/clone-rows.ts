import type pg from 'pg';
import { environmentError } from '../domain/errors.ts';

/** Ids handed out together, both ends included. */
export interface IdBlock {
  readonly from: number;
  readonly to: number;
}

/** How the values of a column of a clone come about, as SQL over `original` (the cloned row) and `fresh` (the clone's id or its parent's). */
export type Overrides = Readonly<Record<string, string>>;

/**
 * Takes `count` ids of a table's sequence for ourselves. The table is locked against writers for that moment, or an insert of the app could
 * draw an id out of the middle.
 */
export async function reserveIds(client: pg.Client, table: string, count: number): Promise<IdBlock> {
  await client.query('BEGIN');
  try {
    await client.query(`SET LOCAL lock_timeout = '5s'`);
    await client.query(`LOCK TABLE ${table} IN SHARE ROW EXCLUSIVE MODE`);
    const { rows } = await client.query<{ to: string | null }>(
      `SELECT setval(sequence, nextval(sequence) + $2 - 1) AS to FROM (SELECT pg_get_serial_sequence($1, 'id')::regclass AS sequence) AS s`,
      [table, count],
    );
    await client.query('COMMIT');
    const to = Number(rows[0]?.to ?? Number.NaN);
    if (!Number.isSafeInteger(to)) throw environmentError('NO_SEQUENCE', `${table}.id has no sequence to draw from`);
    return { from: to - count + 1, to };
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}

/**
 * Fills the temporary table `clones(original, fresh)` for a block of ids of `table`: originals spread evenly over all rows that were there
 * before, so that clones are distributed over tenants and time as the originals are.
 */
export async function chooseOriginals(client: pg.Client, table: string, block: IdBlock): Promise<void> {
  await client.query('DROP TABLE IF EXISTS clones');
  await client.query(
    `CREATE TEMPORARY TABLE clones AS
     WITH numbered AS (SELECT id, row_number() OVER (ORDER BY id) - 1 AS n FROM ${table} WHERE id < ${block.from}),
          counted AS (SELECT count(*) AS total FROM numbered)
     SELECT numbered.id AS original, fresh
     FROM counted, generate_series(${block.from}::bigint, ${block.to}) AS fresh
     JOIN numbered ON numbered.n = (fresh - ${block.from}) * (SELECT total FROM counted) / ${block.to - block.from + 1}`,
  );
  await client.query('ANALYZE clones');
}

/**
 * Inserts a clone of every row of `table` that belongs to a chosen original, whatever columns the table has by now.
 * @param key the column that holds the original's id: `id` for the table itself, its foreign key for a child (which gets ids of its own)
 * @returns how many rows were inserted
 */
export async function cloneRows(client: pg.Client, table: string, key: string, overrides: Overrides): Promise<number> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT quote_ident(attname) AS name FROM pg_attribute
     WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' AND (attname <> 'id' OR $2 = 'id')
     ORDER BY attnum`,
    [table, key],
  );
  const columns = rows.map(({ name }) => name);
  const values = columns.map((column) => (column === key ? 'fresh' : (overrides[column] ?? `original.${column}`)));
  const inserted = await client.query(
    `INSERT INTO ${table} (${columns.join(', ')}) OVERRIDING SYSTEM VALUE
     SELECT ${values.join(', ')} FROM clones JOIN ${table} AS original ON original.${key} = clones.original`,
  );
  return inserted.rowCount ?? 0;
}
