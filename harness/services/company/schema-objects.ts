import type pg from 'pg';

/** What hangs on tables and is cheaper to make once they are full, as SQL that makes it again under its name. */
export interface SchemaObjects {
  /** Of keys and of others alike: a key becomes a constraint later, so that its index can be built while the table is read. */
  readonly indexes: readonly Index[];
  /** Makes keys of indexes and adds foreign keys, in an order that works. */
  readonly constraints: readonly string[];
}

export interface Index {
  readonly table: string;
  readonly name: string;
  readonly sql: string;
}

interface Constraint {
  readonly table: string;
  readonly name: string;
  readonly type: 'f' | 'p' | 'u';
  readonly definition: string;
}

const constraintsSql = `
  SELECT conrelid::regclass::text AS "table", quote_ident(conname) AS name, contype::text AS type, pg_get_constraintdef(oid) AS definition
  FROM pg_constraint
  WHERE contype IN ('f', 'p', 'u') AND connamespace = 'public'::regnamespace
  ORDER BY contype, conrelid::regclass::text, conname`;

const indexesSql = `
  SELECT i.indrelid::regclass::text AS "table", i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS sql
  FROM pg_index i
  JOIN pg_class c ON c.oid = i.indexrelid
  WHERE c.relnamespace = 'public'::regnamespace
  ORDER BY NOT i.indisprimary, 1, 2`;

/** Drops foreign keys, keys and indexes of every table in `tables`, and returns how to make them again. */
export async function dropSchemaObjects(client: pg.ClientBase, tables: readonly string[]): Promise<SchemaObjects> {
  const ours = ({ table }: { table: string }) => tables.includes(table);
  const constraints = (await client.query<Constraint>(constraintsSql)).rows.filter(ours);
  const indexes = (await client.query<Index>(indexesSql)).rows.filter(ours);
  for (const { table, name } of constraints) await client.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`);
  for (const { name } of indexes) await client.query(`DROP INDEX IF EXISTS ${name}`);
  const keys = constraints.filter(({ type }) => type !== 'f');
  const foreignKeys = constraints.filter(({ type }) => type === 'f');
  return {
    indexes,
    constraints: [
      ...keys.map(({ table, name, type }) => {
        const kind = type === 'p' ? 'PRIMARY KEY' : 'UNIQUE';
        return `ALTER TABLE ${table} ADD CONSTRAINT ${name} ${kind} USING INDEX ${name}`;
      }),
      ...foreignKeys.map(
        ({ table, name, definition }) => `ALTER TABLE ${table} ADD CONSTRAINT ${name} ${definition} NOT VALID`,
      ),
    ],
  };
}
