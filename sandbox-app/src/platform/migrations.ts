import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

const FILE_NAME = /^\d{4}_[\w-]+\.sql$/;
const LOCK_KEY = 7_305_114;

export class MigrationError extends Error {}

export interface AppliedMigration {
  migration: string;
  checksum: string;
  durationMs: number;
}

interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

async function readMigrations(directory: string): Promise<Migration[]> {
  const names = (await readdir(directory)).filter((name) => FILE_NAME.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(directory, name), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

/** Waits its turn without holding a snapshot, so that a concurrent index build elsewhere can finish. */
async function lock(client: pg.Client): Promise<void> {
  for (;;) {
    const { rows } = await client.query('SELECT pg_try_advisory_lock($1) AS locked', [LOCK_KEY]);
    if (rows[0].locked) return;
    await sleep(100);
  }
}

async function record(client: pg.Client, { name, checksum }: Migration): Promise<void> {
  await client.query('INSERT INTO schema_migrations (name, checksum) VALUES ($1, $2)', [name, checksum]);
}

async function applyInTransaction(client: pg.Client, migration: Migration): Promise<void> {
  try {
    await client.query('BEGIN');
    await client.query(migration.sql);
    await record(client, migration);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  }
}

/** What is quoted with dollars, such as the body of a `DO`, is one piece, semicolons and all. */
const STATEMENT = /(?:\$(\w*)\$[\s\S]*?\$\1\$|'[^']*'|--.*|[^;])+/g;

async function applyOneByOne(client: pg.Client, migration: Migration): Promise<void> {
  const statements = (migration.sql.match(STATEMENT) ?? []).filter((statement) => !isBlank(statement));
  for (const statement of statements) await client.query(statement);
  await record(client, migration);
}

const isBlank = (statement: string) => statement.replaceAll(/^\s*--.*$/gm, '').trim() === '';

async function apply(client: pg.Client, migration: Migration): Promise<AppliedMigration> {
  const startedAt = performance.now();
  const [firstLine] = migration.sql.split('\n', 1);
  try {
    if (firstLine?.trim() === '-- no-transaction') await applyOneByOne(client, migration);
    else await applyInTransaction(client, migration);
  } catch (error) {
    const { code, message } = error as Error & { code?: string };
    throw new MigrationError(`Migration ${migration.name} failed: ${message}${code ? ` (SQLSTATE ${code})` : ''}`);
  }
  return {
    migration: migration.name,
    checksum: migration.checksum,
    durationMs: Math.round(performance.now() - startedAt),
  };
}

/** Applies the migrations of a directory that the database has not seen yet, in the order of their numbers. */
export async function applyMigrations(
  databaseUrl: string,
  directory: string,
  report: (applied: AppliedMigration) => void = () => {},
): Promise<void> {
  const migrations = await readMigrations(directory);
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'migrate' });
  await client.connect();
  try {
    await lock(client);
    await client.query(`CREATE TABLE IF NOT EXISTS schema_migrations (
      name       text PRIMARY KEY,
      checksum   text NOT NULL,
      applied_at timestamptz NOT NULL DEFAULT now()
    )`);
    const { rows } = await client.query<{ name: string; checksum: string }>(
      'SELECT name, checksum FROM schema_migrations',
    );
    const seen = new Map(rows.map((row) => [row.name, row.checksum]));
    for (const migration of migrations) {
      const checksum = seen.get(migration.name);
      if (checksum === undefined) report(await apply(client, migration));
      else if (checksum !== migration.checksum) {
        throw new MigrationError(`Migration ${migration.name} was changed after it had been applied`);
      }
    }
  } finally {
    await client.end();
  }
}
