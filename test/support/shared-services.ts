import { appendFileSync, chmodSync, chownSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { companyCounts } from '../../harness/domain/company.ts';
import { until } from '../../harness/platform/clock.ts';
import { onPath, removeTemporaryDirectory, temporaryDirectory } from '../../harness/platform/files.ts';
import { freePort } from '../../harness/platform/ports.ts';
import { startProcess } from '../../harness/platform/processes.ts';
import { applyMigrations, readMigrations } from '../../harness/services/company/migrations.ts';
import { seedCompany } from '../../harness/services/company/seed.ts';
import { initialiseDataDirectory } from '../../harness/services/postgres/initialise.ts';
import { embeddedInstallation } from '../../harness/services/postgres/installation.ts';
import { startPostgresServer } from '../../harness/services/postgres/postgres-server.ts';
import { configurationFile, runSettings } from '../../harness/services/postgres/settings.ts';
import { unprivilegedUser } from '../../harness/services/postgres/unprivileged.ts';
import type { Services } from './fault-world.ts';

export interface SharedServices extends Services {
  /** Orders in the seeded company. */
  readonly orders: number;
  stop(): Promise<void>;
}

/** A PostgreSQL with the small company and an empty Redis, for the tests of one file. */
export async function startSharedServices(): Promise<SharedServices> {
  const directory = temporaryDirectory('test');
  const redis = await startRedis(directory);
  const postgres = await startPostgres(directory);
  return {
    postgresUrl: postgres.url,
    redisUrl: redis.url,
    orders: companyCounts.small.orders,
    async stop() {
      await Promise.all([postgres.stop(), redis.stop()]);
      removeTemporaryDirectory(directory);
    },
  };
}

/** An empty Redis without persistence. */
export async function startRedis(directory: string) {
  const port = await freePort();
  const server = startProcess({
    name: 'redis',
    command: onPath('redis-server')!,
    args: ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', directory],
  });
  await until('redis-server to start', () => /Ready to accept/.test(server.tail()), { timeoutMs: 10_000, everyMs: 10 });
  return { url: `redis://127.0.0.1:${port}`, stop: () => server.stop() };
}

async function startPostgres(directory: string) {
  const installation = await embeddedInstallation();
  const user = unprivilegedUser();
  const admin = { user: 'postgres', password: 'postgres' };
  const parent = join(directory, 'postgres');
  mkdirSync(parent);
  if (user) {
    chmodSync(directory, 0o711);
    chownSync(parent, user.uid, user.gid);
  }
  const dataDirectory = join(parent, 'data');
  await initialiseDataDirectory(installation, user, dataDirectory, admin);
  appendFileSync(join(dataDirectory, 'postgresql.conf'), configurationFile(runSettings(installation.major)));
  const server = await startPostgresServer({ installation, user, dataDirectory, admin });
  const url = `postgres://${admin.user}:${admin.password}@${server.host}:${server.port}/postgres`;
  const sessions = [new pg.Client(url), new pg.Client(url)];
  await Promise.all(sessions.map((session) => session.connect()));
  await applyMigrations(sessions[0]!, await readMigrations());
  await seedCompany(sessions, 'small', () => {});
  await Promise.all(sessions.map((session) => session.end()));
  return { url, stop: () => server.stop() };
}
