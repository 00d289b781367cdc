import type pg from 'pg';

/** What hangs on a table and is cheaper to make once the table is full, as SQL that restores it under its name. */
export interface SchemaObjects {
  /** Primary keys, unique constraints and indexes, by table. */
  readonly indexes: ReadonlyMap<string, readonly string[]>;
  readonly foreignKeys: readonly ForeignKey[];
}

interface ForeignKey {
  readonly table: string;
  readonly name: string;
  readonly definition: string;
}

const constraintsSql = `
  SELECT conrelid::regclass::text AS "table", quote_ident(conname) AS name, contype::text AS type, pg_get_constraintdef(oid) AS definition
  FROM pg_constraint
  WHERE contype IN ('f', 'p', 'u') AND connamespace = 'public'::regnamespace
  ORDER BY contype, conrelid::regclass::text, conname`;

const plainIndexesSql = `
  SELECT i.indrelid::regclass::text AS "table", i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition
  FROM pg_index i
  JOIN pg_class c ON c.oid = i.indexrelid
  WHERE c.relnamespace = 'public'::regnamespace
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.indexrelid AND contype IN ('p', 'u'))
  ORDER BY 1, 2`;

/** Drops foreign keys, keys and indexes of every table in `tables`, and returns how to make them again. */
export async function dropSchemaObjects(client: pg.ClientBase, tables: readonly string[]): Promise<SchemaObjects> {
  const ours = ({ table }: { table: string }) => tables.includes(table);
  const constraints = (await client.query<ForeignKey & { type: string }>(constraintsSql)).rows.filter(ours);
  const plain = (await client.query<ForeignKey>(plainIndexesSql)).rows.filter(ours);
  const foreignKeys = constraints.filter(({ type }) => type === 'f');
  const keys = constraints.filter(({ type }) => type !== 'f');
  for (const { table, name } of [...foreignKeys, ...keys]) {
    await client.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`);
  }
  for (const { name } of plain) await client.query(`DROP INDEX ${name}`);

  const restoring = [
    ...keys.map(({ table, name, definition }) => ({
      table,
      sql: `ALTER TABLE ${table} ADD CONSTRAINT ${name} ${definition}`,
    })),
    ...plain.map(({ table, definition }) => ({ table, sql: definition })),
  ];
  const indexes = new Map(
    tables.map((table) => [table, restoring.filter((each) => each.table === table).map(({ sql }) => sql)]),
  );
  return { indexes, foreignKeys };
}
