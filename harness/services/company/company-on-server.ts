import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { createUndoStack } from '../../platform/undo-stack.ts';
import type { CompanyNeed, CompanyServer } from './company-server.ts';
import { applyMigrations, readMigrations } from './migrations.ts';
import { createAppRole, createReaderRole, forgetSettings, newLogin, urlOf } from './roles.ts';
import { seedCompany } from './seed.ts';
import { templateKey } from './template-cache.ts';
import { withClient, withClients } from './with-client.ts';

const runPrefix = 'gameday_run_';

/**
 * Puts the company on a server that runs already, to which `url` connects as superuser. Every run has a database and two roles of its own there,
 * dropped at stop; the seeded template stays as `gameday_company_<key>`.
 * @param provider in whose name
 */
export async function startCompanyOn(url: string, provider: string, need: CompanyNeed): Promise<CompanyServer> {
  const name = `${runPrefix}${randomBytes(5).toString('hex')}`;
  const app = newLogin(`${name}_app`);
  const reader = newLogin(`${name}_reader`);
  const { hostname, port: portText } = new URL(url);
  const port = Number(portText || 5432);
  const undo = createUndoStack();
  const session = new pg.Client({ connectionString: url, application_name: 'gameday', keepAlive: true });
  let stopping = false;
  const lost = new Promise<string>((resolve) => {
    session.on('error', (error) => stopping || resolve(error.message));
    session.on('end', () => stopping || resolve('the connection ended'));
  });
  const stop = async () => {
    stopping = true;
    await undo.unwind();
  };
  try {
    await session.connect();
    undo.push('session', () => session.end());
    // Held as long as the run lives: what nobody holds was left behind by a run that was killed.
    await session.query('SELECT pg_advisory_lock(hashtext($1))', [name]);
    await dropAbandoned(session, name);
    const { rows } = await session.query<{ version: string }>(
      `SELECT split_part(current_setting('server_version'), ' ', 1) AS version`,
    );
    const { version } = rows[0]!;
    const template = await provideTemplate(session, url, version, need);
    for (const { user } of [app, reader]) undo.push(`role ${user}`, () => dropRole(session, user));
    for (const sql of [createAppRole(app), ...createReaderRole(reader)]) await session.query(sql);
    undo.push(`database ${name}`, () => dropDatabase(session, name));
    const reset = async () => {
      const startedAt = performance.now();
      await dropDatabase(session, name);
      await session.query(forgetSettings(app.user));
      await session.query(`CREATE DATABASE ${name} OWNER ${app.user} TEMPLATE ${template}`);
      await withClient(databaseUrl(url, name), (client) => handOver(client, app.user));
      return performance.now() - startedAt;
    };
    await reset();
    need.onProgress(1, 'ready');
    return {
      kind: 'postgres',
      provider,
      host: hostname,
      port,
      version,
      lost,
      stop,
      reset,
      appRole: app.user,
      adminUrl: databaseUrl(url, name),
      readerUrl: urlOf(reader, hostname, port, name),
      appUrl: (via) => (via === undefined ? urlOf(app, hostname, port, name) : urlOf(app, '127.0.0.1', via, name)),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The name of the seeded template database, built first if it is not there. One that still takes connections was not finished. */
async function provideTemplate(session: pg.Client, url: string, version: string, need: CompanyNeed): Promise<string> {
  const { size, onProgress } = need;
  const template = `gameday_company_${(await templateKey(size, version)).replace('-', '_')}`;
  await session.query('SELECT pg_advisory_lock(hashtext($1))', [template]);
  try {
    const { rows } = await session.query('SELECT FROM pg_database WHERE datname = $1 AND NOT datallowconn', [template]);
    if (rows.length > 0) return template;
    await dropDatabase(session, template);
    await session.query(`CREATE DATABASE ${template} TEMPLATE template0 ENCODING 'UTF8'`);
    await withClients(databaseUrl(url, template), 2, async (sessions) => {
      // Without it the statements meter has nothing to read, and says so.
      await sessions[0].query('CREATE EXTENSION pg_stat_statements').catch(() => {});
      await applyMigrations(sessions[0], await readMigrations());
      await seedCompany(sessions, size, (share, label) => onProgress(0.95 * share, label));
    });
    await session.query(`ALTER DATABASE ${template} WITH ALLOW_CONNECTIONS false IS_TEMPLATE true`);
    return template;
  } finally {
    await session.query('SELECT pg_advisory_unlock(hashtext($1))', [template]);
  }
}

/** The app owns its tables, so that its migrations may change them. */
async function handOver(client: pg.Client, owner: string): Promise<void> {
  const { rows } = await client.query<{ table: string }>(
    `SELECT oid::regclass::text AS "table" FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`,
  );
  for (const { table } of rows) await client.query(`ALTER TABLE ${table} OWNER TO ${owner}`);
}

async function dropAbandoned(session: pg.Client, own: string): Promise<void> {
  const { rows } = await session.query<{ name: string }>(
    `SELECT datname AS name FROM pg_database
     WHERE starts_with(datname, $1) AND datname <> $2 AND pg_try_advisory_xact_lock(hashtext(datname))`,
    [runPrefix, own],
  );
  for (const { name } of rows) {
    await dropDatabase(session, name);
    for (const role of ['app', 'reader']) await dropRole(session, `${name}_${role}`);
  }
}

async function dropDatabase(session: pg.Client, name: string): Promise<void> {
  await session.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
}

async function dropRole(session: pg.Client, name: string): Promise<void> {
  await session.query(`DROP ROLE IF EXISTS ${name}`);
}

function databaseUrl(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}
