import { chmod, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runAs } from '../postgres/initialise.ts';
import type { SystemUser } from '../postgres/unprivileged.ts';
import type { Logins } from './roles.ts';

/** A data directory in two parts, to start servers from. */
export interface Template {
  /** What every server gets a copy of: all but the template database. */
  readonly cluster: string;
  /** The files of the template database. Servers only read them, to copy them into a new database. */
  readonly database: string;
  /** Its number, by which the server finds its files. */
  readonly oid: string;
  readonly logins: Logins;
}

interface Marker {
  readonly oid: string;
  readonly logins: Logins;
  readonly files: number;
}

const paths = (directory: string) => ({
  cluster: join(directory, 'cluster'),
  database: join(directory, 'database'),
  marker: join(directory, 'template.json'),
});

/** Reads the template in `directory`. Undefined when there is none or it is damaged: the marker is written last and counts the files. */
export async function readTemplate(directory: string): Promise<Template | undefined> {
  const { cluster, database, marker } = paths(directory);
  try {
    const { oid, logins, files } = JSON.parse(await readFile(marker, 'utf8')) as Marker;
    await stat(join(cluster, 'PG_VERSION'));
    return (await readdir(database)).length === files ? { cluster, database, oid, logins } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Turns the data directory `cluster` in `directory`, cleanly shut down, into a template.
 * @param oid the number of the template database, to which nobody can connect
 */
export async function sealTemplate(directory: string, oid: string, logins: Logins): Promise<void> {
  const { cluster, database, marker } = paths(directory);
  await rename(join(cluster, 'base', oid), database);
  // Statistics name the database, which would make autovacuum visit it.
  for (const file of await readdir(join(cluster, 'pg_stat'))) await rm(join(cluster, 'pg_stat', file));
  // A starting server deletes this cache of catalogue entries in every database, and would do so in the template.
  await rm(join(database, 'pg_internal.init'), { force: true });
  const files = await readdir(database);
  for (const file of files) await chmod(join(database, file), 0o400);
  const text = JSON.stringify({ oid, logins, files: files.length } satisfies Marker);
  await writeFile(marker, text, { mode: 0o600 });
}

/** Makes the data directory `data` out of a template, as `user`, who owns its parent. */
export async function copyTemplate(template: Template, data: string, user: SystemUser | undefined): Promise<void> {
  await runAs(user, 'cp', ['-R', template.cluster, data]);
  await symlink(template.database, join(data, 'base', template.oid));
}
