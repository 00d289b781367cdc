import { chown, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import pg from 'pg';
import type { LedgerEntry } from '../../../harness/domain/evidence.ts';
import type { AppProcess, Sandbox, ThirdParty } from '../../../harness/domain/sandbox.ts';
import { until } from '../../../harness/platform/clock.ts';
import { onPath, removeTemporaryDirectory, temporaryDirectory } from '../../../harness/platform/files.ts';
import { freePort } from '../../../harness/platform/ports.ts';
import { startProcess } from '../../../harness/platform/processes.ts';
import { initialiseDataDirectory } from '../../../harness/services/postgres/initialise.ts';
import { embeddedInstallation } from '../../../harness/services/postgres/installation.ts';
import { startPostgresServer } from '../../../harness/services/postgres/postgres-server.ts';
import { configurationFile, runSettings } from '../../../harness/services/postgres/settings.ts';
import { unprivilegedUser } from '../../../harness/services/postgres/unprivileged.ts';

const admin = { user: 'admin', password: 'admin' };

/** A private PostgreSQL with an app role and a table of 20,000 events, 500 of each of 40 users, without an index on the user. */
export async function startTestPostgres() {
  const directory = temporaryDirectory('meters');
  const user = unprivilegedUser();
  if (user) await chown(directory, user.uid, user.gid);
  const installation = await embeddedInstallation();
  const dataDirectory = join(directory, 'data');
  await initialiseDataDirectory(installation, user, dataDirectory, admin);
  await writeFile(join(dataDirectory, 'postgresql.conf'), configurationFile(runSettings(installation.major)));
  const logFile = join(directory, 'server.log');
  const server = await startPostgresServer({ installation, user, dataDirectory, admin, logFile });
  const url = (role: { readonly user: string; readonly password: string }) =>
    `postgres://${role.user}:${role.password}@${server.host}:${server.port}/postgres`;
  const pool = quietPool(url(admin), 1);
  await pool.query(`
    CREATE EXTENSION pg_stat_statements;
    CREATE ROLE app LOGIN PASSWORD 'app';
    CREATE TABLE events (id int PRIMARY KEY, user_id int NOT NULL, text text NOT NULL);
    GRANT ALL ON events TO app;
    INSERT INTO events SELECT i, i % 40, 'event ' || i FROM generate_series(1, 20000) i`);
  // The session's own counts first, or they would be added to what VACUUM counts.
  await pool.query('SELECT pg_stat_force_next_flush()');
  await pool.query('VACUUM ANALYZE events');
  await pool.end();
  return {
    postgres: { adminUrl: url(admin), readerUrl: url(admin), appRole: 'app', logFile, pid: server.pid },
    appUrl: url({ user: 'app', password: 'app' }),
    async stop() {
      await server.stop();
      removeTemporaryDirectory(directory);
    },
  };
}

/** A pool that does not mind when its server is stopped. */
export function quietPool(url: string, max: number): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max });
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

/** A private Redis without persistence. */
export async function startTestRedis() {
  const command = onPath('redis-server') ?? onPath('valkey-server');
  if (command === undefined) throw new Error('neither redis-server nor valkey-server is on PATH');
  const directory = temporaryDirectory('meters-redis');
  await mkdir(directory, { recursive: true });
  const port = await freePort();
  const server = startProcess({
    name: 'redis',
    command,
    args: ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', directory],
  });
  const url = `redis://127.0.0.1:${port}`;
  const probe = new Redis(url, { lazyConnect: true, retryStrategy: () => null });
  probe.on('error', () => {});
  await until('Redis answering', () => probe.connect().then(() => true), { timeoutMs: 5_000, everyMs: 20 });
  probe.disconnect();
  return {
    redis: { url, pid: server.pid },
    async stop() {
      await server.stop();
      removeTemporaryDirectory(directory);
    },
  };
}

/** A sandbox of which only the given parts are there. */
export function sandboxWith(parts: {
  readonly postgres?: Sandbox['postgres'];
  readonly redis?: Sandbox['redis'];
  readonly processes?: () => readonly AppProcess[];
  readonly entry?: URL;
  readonly ledgers?: Readonly<Record<'payments' | 'mail' | 'fulfilment', readonly LedgerEntry[]>>;
}): Sandbox {
  const party = (name: ThirdParty['name']) => ({ name, ledger: () => [...(parts.ledgers?.[name] ?? [])] });
  return {
    postgres: parts.postgres ?? { adminUrl: 'postgres://nobody@127.0.0.1:1/none', readerUrl: '', appRole: 'app' },
    redis: parts.redis ?? { url: 'redis://127.0.0.1:1' },
    app: { entry: parts.entry, processes: parts.processes ?? (() => []) },
    payments: party('payments'),
    mail: party('mail'),
    fulfilment: party('fulfilment'),
  } as unknown as Sandbox;
}
