import { chown, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CompanySize } from '../../domain/company.ts';
import { reaper } from '../../platform/reaper.ts';
import { initialiseDataDirectory } from '../postgres/initialise.ts';
import type { PostgresInstallation } from '../postgres/installation.ts';
import { type PostgresServer, startPostgresServer } from '../postgres/postgres-server.ts';
import { buildSettings, configurationFile, runSettings } from '../postgres/settings.ts';
import type { SystemUser } from '../postgres/unprivileged.ts';
import { applyMigrations, readMigrations } from './migrations.ts';
import { createAppRole, createReaderRole, type Logins, maintenanceDatabase, newLogins, urlOf } from './roles.ts';
import { type Progress, seedCompany } from './seed.ts';
import { sealTemplate } from './template.ts';
import { withClient, withClients } from './with-client.ts';

/** The database that every copy is made of. Nobody can connect to it, so nothing can change it. */
export const templateDatabase = 'company';

/** Builds the template of one size in the empty directory `directory`. */
export async function buildTemplate(
  directory: string,
  installation: PostgresInstallation,
  user: SystemUser | undefined,
  size: CompanySize,
  onProgress: Progress,
): Promise<void> {
  reaper().directory(directory);
  if (user) await chown(directory, user.uid, user.gid);
  const cluster = join(directory, 'cluster');
  const logins = newLogins();
  onProgress(0, 'new data directory');
  await initialiseDataDirectory(installation, user, cluster, logins.admin);
  const configuration = join(cluster, 'postgresql.conf');
  await writeFile(configuration, configurationFile(buildSettings(installation.major)));

  const server = await startPostgresServer({ installation, user, dataDirectory: cluster, admin: logins.admin });
  let oid: string;
  try {
    oid = await fill(server, logins, size, onProgress);
  } finally {
    await server.stop();
  }
  await rm(`${cluster}.password`, { force: true });
  await writeFile(configuration, configurationFile(runSettings(installation.major)));
  await sealTemplate(directory, oid, logins);
  reaper().release(directory);
}

/** Resolves to the number of the template database. */
async function fill(
  { host, port }: PostgresServer,
  logins: Logins,
  size: CompanySize,
  onProgress: Progress,
): Promise<string> {
  const maintenance = urlOf(logins.admin, host, port, maintenanceDatabase);
  await withClient(maintenance, async (client) => {
    for (const sql of [createAppRole(logins.app), ...createReaderRole(logins.reader)]) await client.query(sql);
    // The one that initdb made is as empty as a new one would be.
    await client.query(`ALTER DATABASE postgres RENAME TO ${templateDatabase}`);
    await client.query(`ALTER DATABASE ${templateDatabase} OWNER TO ${logins.app.user}`);
    await client.query(`COMMENT ON DATABASE ${templateDatabase} IS NULL`);
  });
  await withClients(urlOf(logins.admin, host, port, templateDatabase), 2, async (sessions) => {
    await sessions[0].query('CREATE EXTENSION pg_stat_statements');
    await applyMigrations(sessions[0], await readMigrations(), logins.app.user);
    await seedCompany(sessions, size, (share, label) => onProgress(0.05 + 0.9 * share, label));
  });
  onProgress(0.95, 'writing the template');
  return withClient(maintenance, async (client) => {
    await client.query(`ALTER DATABASE ${templateDatabase} WITH ALLOW_CONNECTIONS false IS_TEMPLATE true`);
    const { rows } = await client.query<{ oid: string }>(
      `SELECT oid::text FROM pg_database WHERE datname = '${templateDatabase}'`,
    );
    return rows[0]!.oid;
  });
}
