import type pg from 'pg';
import { type CompanySize, companyCounts } from '../../domain/company.ts';
import type { SeededTable } from './generator/seeded-table.ts';
import { seededTables } from './generator/tables.ts';
import { dropSchemaObjects } from './schema-objects.ts';
import { runInSessions, type SeedingTask } from './two-sessions.ts';

/** Told how much is done, 0 to 1, and what was done last. */
export type Progress = (share: number, label: string) => void;

/**
 * Fills a migrated, empty database with the company of the given size. The same size gives the same rows, in the same order.
 *
 * Each table is emptied, filled and indexed in one transaction, which with `wal_level = minimal` writes no WAL
 * (https://www.postgresql.org/docs/18/populate.html), then vacuumed, so that no reader has to set hint bits afterwards.
 * @param sessions connections of a superuser to that database; as many tables are filled at the same time
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
  const tasks = seededTables.map((table) => fillTask(table, size, indexes.get(table.name) ?? []));
  const whole = tasks.reduce((sum, { cost }) => sum + cost, 0);
  let done = 0;
  await runInSessions(sessions, tasks, ({ name, cost }) => {
    done += cost;
    onProgress(done / whole, name);
  });
  for (const { table, name, definition } of foreignKeys) {
    await first.query(`ALTER TABLE ${table} ADD CONSTRAINT ${name} ${definition} NOT VALID`);
  }
  // Checking rows that are right by construction (a test checks them) would take a fifth of the whole time.
  await first.query(`UPDATE pg_constraint SET convalidated = true WHERE contype = 'f' AND NOT convalidated`);
}

function fillTask(table: SeededTable, size: CompanySize, indexes: readonly string[]): SeedingTask {
  const { name, columns } = table;
  return {
    name,
    after: table.after,
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
