import type pg from 'pg';
import { type CompanySize, companyCounts } from '../../domain/company.ts';
import type { SeededTable } from './generator/seeded-table.ts';
import { seededTables } from './generator/tables.ts';
import { dropSchemaObjects, type ForeignKey } from './schema-objects.ts';
import { runInSessions, type SeedingTask } from './two-sessions.ts';

/** Told how much is done, 0 to 1, and what was done last. */
export type Progress = (share: number, label: string) => void;

/**
 * Fills a migrated, empty database with the company of the given size. The same size gives the same rows, in the same order.
 *
 * Each table is emptied, filled and indexed in one transaction, which with `wal_level = minimal` writes no WAL
 * (https://www.postgresql.org/docs/18/populate.html), then vacuumed, so that no reader has to set hint bits afterwards.
 * @param sessions connections to that database as its owner or a superuser; as many tables are filled at the same time
 */
export async function seedCompany(
  sessions: readonly pg.ClientBase[],
  size: CompanySize,
  onProgress: Progress,
): Promise<void> {
  const [first] = sessions;
  if (first === undefined) throw new RangeError('seeding needs a session');
  for (const session of sessions) {
    await session.query(`SET timezone = 'UTC'; SET work_mem = '256MB'; SET maintenance_work_mem = '512MB'`);
  }
  const names = seededTables.map(({ name }) => name);
  const { indexes, foreignKeys } = await dropSchemaObjects(first, names);
  const fill = seededTables.map((table) => fillTask(table, size, indexes.get(table.name) ?? []));
  const validate = foreignKeys.map(validateTask);

  const whole = [...fill, ...validate].reduce((sum, { cost }) => sum + cost, 0);
  let done = 0;
  const onDone = ({ name, cost }: SeedingTask) => {
    done += cost;
    onProgress(done / whole, name);
  };
  await runInSessions(sessions, fill, onDone);
  for (const { table, name, definition } of foreignKeys) {
    await first.query(`ALTER TABLE ${table} ADD CONSTRAINT ${name} ${definition} NOT VALID`);
  }
  await runInSessions(sessions, validate, onDone);
}

function fillTask(table: SeededTable, size: CompanySize, indexes: readonly string[]): SeedingTask {
  const { name, columns } = table;
  return {
    name,
    after: table.after,
    table: name,
    cost: table.cost,
    async run(client) {
      await client.query('BEGIN');
      await client.query(`TRUNCATE ${name}`);
      await client.query(`INSERT INTO ${name} (${columns.join(', ')}) ${table.rows(companyCounts[size])}`);
      for (const index of indexes) await client.query(index);
      if (columns.includes('id')) {
        await client.query(`SELECT setval(pg_get_serial_sequence('${name}', 'id'), max(id)) FROM ${name}`);
      }
      await client.query('COMMIT');
      await client.query(`VACUUM (FREEZE, ANALYZE) ${name}`);
    },
  };
}

/** Adding a foreign key locks both tables and would keep the other session waiting; validating it does not. */
function validateTask({ table, name }: ForeignKey): SeedingTask {
  return {
    name: `${table}: ${name}`,
    after: [],
    table,
    cost: validationCost,
    run: async (client) => {
      await client.query(`ALTER TABLE ${table} VALIDATE CONSTRAINT ${name}`);
    },
  };
}

/** Beside the costs of filling the tables. */
const validationCost = 1;
