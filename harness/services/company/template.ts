import { chmod, mkdir, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runAs } from '../postgres/initialise.ts';
import type { SystemUser } from '../postgres/unprivileged.ts';
import type { Logins } from './roles.ts';

/** A data directory in two parts, to start servers from. */
export interface Template {
  /** What every server gets a copy of: all but the databases below. */
  readonly cluster: string;
  /** The files of the databases that nobody can connect to, by their number. Servers only read them, to copy them into new databases. */
  readonly databases: string;
  readonly logins: Logins;
}

interface Marker {
  readonly logins: Logins;
  readonly files: number;
}

const paths = (directory: string) => ({
  cluster: join(directory, 'cluster'),
  databases: join(directory, 'databases'),
  marker: join(directory, 'template.json'),
});

/** Reads the template in `directory`. Undefined when there is none or it is damaged: the marker is written last and counts the files. */
export async function readTemplate(directory: string): Promise<Template | undefined> {
  const { cluster, databases, marker } = paths(directory);
  try {
    const { logins, files } = JSON.parse(await readFile(marker, 'utf8')) as Marker;
    await stat(join(cluster, 'PG_VERSION'));
    return (await filesIn(databases)).length === files ? { cluster, databases, logins } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Turns the data directory `cluster` in `directory`, cleanly shut down, into a template.
 * @param closed the numbers of the databases that nobody can connect to
 */
export async function sealTemplate(directory: string, closed: readonly string[], logins: Logins): Promise<void> {
  const { cluster, databases, marker } = paths(directory);
  await mkdir(databases);
  for (const oid of closed) await rename(join(cluster, 'base', oid), join(databases, oid));
  // Statistics name the databases, which would make autovacuum visit them.
  for (const file of await readdir(join(cluster, 'pg_stat'))) await rm(join(cluster, 'pg_stat', file));
  // A starting server deletes this cache of catalogue entries in every database, and would do so in the template.
  for (const oid of closed) await rm(join(databases, oid, 'pg_internal.init'), { force: true });
  const files = await filesIn(databases);
  for (const file of files) await chmod(file, 0o400);
  await writeFile(marker, JSON.stringify({ logins, files: files.length } satisfies Marker), { mode: 0o600 });
}

/** Makes the data directory `data` out of a template, as `user`, who owns its parent. */
export async function copyTemplate(template: Template, data: string, user: SystemUser | undefined): Promise<void> {
  await runAs(user, 'cp', ['-R', template.cluster, data]);
  for (const oid of await readdir(template.databases)) {
    await symlink(join(template.databases, oid), join(data, 'base', oid));
  }
}

async function filesIn(databases: string): Promise<readonly string[]> {
  const directories = (await readdir(databases)).map((oid) => join(databases, oid));
  const names = await Promise.all(directories.map((directory) => readdir(directory)));
  return directories.flatMap((directory, index) => names[index]!.map((name) => join(directory, name)));
}
