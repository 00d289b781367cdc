import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { createApp } from '../../src/app.ts';
import { parseConfig } from '../../src/config.ts';
import { createLifecycle } from '../../src/platform/lifecycle.ts';
import { applyMigrations } from '../../src/platform/migrations.ts';
import { closeWith, createServices } from '../../src/services.ts';
import { type Partner, startFulfilmentPartner, startPartner, startPaymentProvider } from './partners.ts';
import { type People, seedPeople } from './seed.ts';

const MIGRATIONS = fileURLToPath(new URL('../../migrations', import.meta.url));
const TEST_REDIS_DATABASE = '/15';

function required(name: 'DATABASE_URL' | 'REDIS_URL'): URL {
  const value = process.env[name];
  if (!value) throw new Error(`The tests need ${name}`);
  return new URL(value);
}

async function onServer(url: URL, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

/** The API on a scratch database, with stand-ins for its partners. */
export async function startTradepost() {
  const server = required('DATABASE_URL');
  const redisUrl = required('REDIS_URL');
  redisUrl.pathname = TEST_REDIS_DATABASE;
  const databaseName = `tradepost_test_${randomBytes(4).toString('hex')}`;
  const databaseUrl = new URL(server);
  databaseUrl.pathname = `/${databaseName}`;
  await onServer(server, `CREATE DATABASE ${databaseName}`);
  await applyMigrations(databaseUrl.href, MIGRATIONS);

  const payments = await startPaymentProvider();
  const mail = await startPartner(() => ({ status: 202, body: { id: 'msg_1' } }));
  const fulfilment = await startFulfilmentPartner();
  const config = parseConfig({
    PORT: '0',
    DATABASE_URL: databaseUrl.href,
    REDIS_URL: redisUrl.href,
    PAYMENTS_URL: payments.url,
    PAYMENTS_WEBHOOK_SECRET: 'test-secret',
    MAIL_URL: mail.url,
    FULFILMENT_URL: fulfilment.url,
    LOG_LEVEL: 'silent',
    INSTANCE: 'test',
    SHUTDOWN_GRACE_MS: '0',
  });
  const services = createServices(config);
  const lifecycle = createLifecycle(config, services.logger);
  closeWith(lifecycle, services);
  await services.redis.flushdb();
  const { port } = await lifecycle.listen(createApp(services, lifecycle));
  const people: People = await seedPeople(services.database);

  const partners: Record<'payments' | 'mail' | 'fulfilment', Partner> = { payments, mail, fulfilment };
  return {
    url: `http://127.0.0.1:${port}`,
    databaseUrl: databaseUrl.href,
    services,
    lifecycle,
    people,
    partners,
    async stop() {
      await lifecycle.stop('test');
      await Promise.all(Object.values(partners).map((partner) => partner.close()));
      await onServer(server, `DROP DATABASE ${databaseName} WITH (FORCE)`);
    },
  };
}

export type Tradepost = Awaited<ReturnType<typeof startTradepost>>;
