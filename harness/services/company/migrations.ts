import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import { projectRoot } from '../../platform/files.ts';

export interface Migration {
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the file, in hexadecimal. */
  readonly checksum: string;
}

const handedOut = join(projectRoot, 'sandbox-app', 'migrations');

/** The migrations in a directory, in order. Default: those of the sandbox app as it is handed out, which every template has. */
export async function readMigrations(directory = handedOut): Promise<readonly Migration[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(directory, name), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

/**
 * Applies migrations to an empty database and records them the way the app's own migrate program does, so that it finds nothing left to do.
 * @param owner the role that the tables will belong to; that of the session when left out
 */
export async function applyMigrations(
  client: pg.ClientBase,
  migrations: readonly Migration[],
  owner?: string,
): Promise<void> {
  if (owner !== undefined) await client.query(`SET ROLE ${owner}`);
  await client.query(`CREATE TABLE schema_migrations (
    name       text PRIMARY KEY,
    checksum   text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
  )`);
  for (const { name, sql, checksum } of migrations) {
    await client.query(sql);
    await client.query('INSERT INTO schema_migrations (name, checksum) VALUES ($1, $2)', [name, checksum]);
  }
  await client.query('RESET ROLE');
}
