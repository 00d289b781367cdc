import { chmod, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { projectRoot, temporaryDirectory } from '../../harness/platform/files.ts';

/** A directory that PostgreSQL's user may enter, also when the tests run as root. Has a space in its name, as people's directories do. */
export async function openDirectory(name: string): Promise<string> {
  const outer = temporaryDirectory('test');
  await chmod(outer, 0o755);
  const directory = join(outer, `${name} of a test`);
  await mkdir(directory);
  return directory;
}

export async function remove(directory: string): Promise<void> {
  await rm(join(directory, '..'), { recursive: true, force: true });
}

/** The rows of one query on a connection of its own. */
export async function query<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<readonly Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** A checksum of every table's rows in the order in which they are stored, by table; the time a migration was applied is left out. */
export async function checksums(url: string): Promise<Readonly<Record<string, string>>> {
  const tables = await query<{ name: string }>(
    url,
    `SELECT relname AS name FROM pg_class
     WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'schema_migrations' ORDER BY 1`,
  );
  const entries: [string, string][] = [];
  for (const { name } of tables) {
    const [row] = await query<{ sum: string }>(
      url,
      `SELECT count(*) || ':' || coalesce(md5(string_agg(md5(t::text), '' ORDER BY ctid)), '') AS sum FROM ${name} t`,
    );
    entries.push([name, row!.sum]);
  }
  return Object.fromEntries(entries);
}

export const migrationsDirectory = join(projectRoot, 'sandbox-app', 'migrations');
