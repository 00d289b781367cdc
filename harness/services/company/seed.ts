import type pg from 'pg';
import { type CompanyCounts, type CompanySize, companyCounts } from '../../domain/company.ts';
import { commitAtOnce } from './commit-at-once.ts';
import type { SeededTable } from './generator/seeded-table.ts';
import { seededTables } from './generator/tables.ts';
import { dropSchemaObjects, type Index } from './schema-objects.ts';
import { runInSessions, type SeedingTask } from './two-sessions.ts';

/** Told how much is done, 0 to 1, and what was done last. */
export type Progress = (share: number, label: string) => void;

/**
 * Fills a migrated, empty database with the company of the given size. The same size gives the same rows, in the same order.
 *
 * Each table is emptied and filled in one transaction, which with `wal_level = minimal` writes no WAL (https://www.postgresql.org/docs/18/populate.html).
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
    await session.query(commitAtOnce);
    // The sessions share the processors already; helpers of one would take them from the other.
    await session.query(
      `SET timezone = 'UTC'; SET work_mem = '256MB'; SET maintenance_work_mem = '512MB'; SET max_parallel_maintenance_workers = 0`,
    );
  }
  const { indexes, constraints } = await dropSchemaObjects(
    first,
    seededTables.map(({ name }) => name),
  );
  const tasks = seedingTasks(companyCounts[size], indexes);
  const whole = tasks.reduce((sum, { cost }) => sum + cost, 0);
  let done = 0;
  await runInSessions(sessions, tasks, ({ name, cost }) => {
    done += cost;
    onProgress(done / whole, name);
  });
  for (const constraint of constraints) await first.query(constraint);
  // Checking rows that are right by construction (a test checks them) would take a fifth of the whole time.
  await first.query(`UPDATE pg_constraint SET convalidated = true WHERE contype = 'f' AND NOT convalidated`);
}

/** Tables before what can wait: the indexes that no table is waiting for, and vacuuming. */
function seedingTasks(counts: CompanyCounts, indexes: readonly Index[]): readonly SeedingTask[] {
  const awaited = new Set(seededTables.flatMap(({ after }) => after));
  const indexTasks = (table: SeededTable) =>
    indexes
      .filter((index) => index.table === table.name)
      .map((index, _, { length }) => indexTask(index, (table.cost * 0.3) / length));
  return [
    ...seededTables.flatMap((table) => [
      fillTask(table, counts),
      ...indexTasks(table).filter(({ name }) => awaited.has(name)),
    ]),
    ...seededTables.flatMap((table) => indexTasks(table).filter(({ name }) => !awaited.has(name))),
    ...vacuumTasks(indexes),
  ];
}

function fillTask({ name, columns, after, cost, rows }: SeededTable, counts: CompanyCounts): SeedingTask {
  return {
    name,
    after,
    cost: cost * 0.6,
    async run(client) {
      await client.query('BEGIN');
      await client.query(`TRUNCATE ${name}`);
      const { rowCount } = await client.query(`INSERT INTO ${name} (${columns.join(', ')}) ${rows(counts)}`);
      // Rows are numbered from 1 without a gap.
      if (columns.includes('id')) {
        await client.query(`SELECT setval(pg_get_serial_sequence('${name}', 'id'), ${rowCount})`);
      }
      await client.query('COMMIT');
      await client.query(`ANALYZE ${name}`);
    },
  };
}

function indexTask({ table, name, sql }: Index, cost: number): SeedingTask {
  return {
    name,
    after: [table],
    cost,
    async run(client) {
      await client.query(sql);
    },
  };
}

/**
 * Vacuums every table, so that no reader has to set hint bits and index-only scans find every page visible. That takes the end of all transactions
 * that began before a table was full, so it comes last.
 */
function vacuumTasks(indexes: readonly Index[]): readonly SeedingTask[] {
  const before = [...seededTables, ...indexes].map(({ name }) => name);
  return seededTables.map((table) => ({
    name: `vacuum ${table.name}`,
    after: before,
    cost: table.cost * 0.1,
    async run(client) {
      await client.query(`VACUUM (FREEZE) ${table.name}`);
    },
  }));
}
