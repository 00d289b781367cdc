import { chmod, chown, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import type { CompanySize } from '../../domain/company.ts';
import { reaper } from '../../platform/reaper.ts';
import { initialiseDataDirectory } from '../postgres/initialise.ts';
import type { PostgresInstallation } from '../postgres/installation.ts';
import { startPostgresServer } from '../postgres/postgres-server.ts';
import { buildSettings, configurationFile, runSettings } from '../postgres/settings.ts';
import type { SystemUser } from '../postgres/unprivileged.ts';
import { applyMigrations, readMigrations } from './migrations.ts';
import { createAppRole, createReaderRole, type Login, type Logins, newLogins, urlOf } from './roles.ts';
import { type Progress, seedCompany } from './seed.ts';
import { withClient, withClients } from './with-client.ts';

/** The database that every copy is made of. Nobody can connect to it, so nothing can change it. */
export const templateDatabase = 'company';

/** A seeded company on disk, in two parts. */
export interface Template {
  /** A data directory without the files of the template database. */
  readonly cluster: string;
  /** The files of the template database. Read-only. */
  readonly database: string;
  /** The name of those files' directory under `base/` of the data directory. */
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
    if ((await readdir(database)).length !== files) return undefined;
    return { cluster, database, oid, logins };
  } catch {
    return undefined;
  }
}

/** Builds the template of one size in the empty directory `draft`. */
export async function buildTemplate(
  draft: string,
  installation: PostgresInstallation,
  user: SystemUser | undefined,
  size: CompanySize,
  onProgress: Progress,
): Promise<void> {
  reaper().directory(draft);
  const { cluster, database, marker } = paths(draft);
  if (user) await chown(draft, user.uid, user.gid);
  const logins = newLogins();
  onProgress(0, 'new data directory');
  await initialiseDataDirectory(installation, user, cluster, logins.admin);
  const configuration = join(cluster, 'postgresql.conf');
  await writeFile(configuration, configurationFile(buildSettings(installation.major)));

  const server = await startPostgresServer({ installation, user, dataDirectory: cluster, admin: logins.admin });
  let oid: string;
  try {
    const url = (login: Login, name: string) => urlOf(login, server.host, server.port, name);
    await withClient(url(logins.admin, 'postgres'), async (client) => {
      for (const sql of [createAppRole(logins.app), ...createReaderRole(logins.reader)]) await client.query(sql);
      await client.query(`CREATE DATABASE ${templateDatabase} OWNER ${logins.app.user}`);
    });
    await withClient(url(logins.admin, templateDatabase), (client) =>
      client.query('CREATE EXTENSION pg_stat_statements'),
    );
    await withClients(url(logins.app, templateDatabase), 2, async (sessions) => {
      await applyMigrations(sessions[0], await readMigrations());
      await seedCompany(sessions, size, (share, label) => onProgress(0.05 + 0.9 * share, label));
    });
    oid = await withClient(url(logins.admin, 'postgres'), closeTemplate);
  } finally {
    onProgress(0.95, 'writing the template');
    await server.stop();
  }
  await rename(join(cluster, 'base', oid), database);
  // Statistics name the template database, which would make autovacuum visit it.
  for (const file of await readdir(join(cluster, 'pg_stat'))) await rm(join(cluster, 'pg_stat', file));
  await rm(`${cluster}.password`, { force: true });
  // A server deletes this cache of catalogue entries in every database when it starts, and would do so in ours.
  await rm(join(database, 'pg_internal.init'), { force: true });
  await writeFile(configuration, configurationFile(runSettings(installation.major)));
  const files = await readdir(database);
  for (const file of files) await chmod(join(database, file), 0o400);
  await writeFile(marker, JSON.stringify({ oid, logins, files: files.length } satisfies Marker), { mode: 0o600 });
  reaper().release(draft);
}

async function closeTemplate(client: pg.Client): Promise<string> {
  await client.query(`ALTER DATABASE ${templateDatabase} WITH ALLOW_CONNECTIONS false IS_TEMPLATE true`);
  const { rows } = await client.query<{ oid: string }>('SELECT oid::text FROM pg_database WHERE datname = $1', [
    templateDatabase,
  ]);
  return rows[0]!.oid;
}
