import { Redis } from 'ioredis';
import pg from 'pg';
import type { RunningLoad } from '../../harness/domain/load.ts';
import type { Sandbox } from '../../harness/domain/sandbox.ts';
import { startNetwork } from '../../harness/platform/network/network.ts';
import { startFulfilmentPartner } from '../../harness/third-parties/fulfilment.ts';
import { startMailProvider } from '../../harness/third-parties/mail.ts';
import { startPaymentProvider } from '../../harness/third-parties/payments.ts';
import { type FakeApp, type Respond, startFakeApp } from './fake-app.ts';

/** Addresses of the services that all tests of a file share. */
export interface Services {
  readonly postgresUrl: string;
  readonly redisUrl: string;
}

/** A sandbox with real services, network and third parties, around a fake app and fake load. */
export interface FaultWorld {
  readonly sandbox: Sandbox;
  readonly app: FakeApp;
  /** Straight to the services, also after `vanish`. */
  readonly sql: pg.Pool;
  readonly redis: Redis;
  /** Connects to both services as the app does. */
  connectLikeTheApp(): Promise<void>;
  startLoad(): void;
  pay(order: number): Promise<void>;
  /** Everything a fault can act on goes away. */
  vanish(): Promise<void>;
  close(): Promise<void>;
}

const requestsPerSecond = 100;

export async function createFaultWorld(services: Services, respond: Respond = () => 200): Promise<FaultWorld> {
  const network = startNetwork();
  const at = (url: string) => ({ host: new URL(url).hostname, port: Number(new URL(url).port) });
  const through = (url: string, { port }: { port: number }) => {
    const changed = new URL(url);
    changed.hostname = '127.0.0.1';
    changed.port = String(port);
    return changed.href;
  };
  const [postgres, redisLink, adminPostgres, adminRedis] = await Promise.all([
    network.link('postgres', at(services.postgresUrl)),
    network.link('redis', at(services.redisUrl)),
    // The harness's own way, so that it can go away without stopping the servers.
    network.link('admin-postgres', at(services.postgresUrl)),
    network.link('admin-redis', at(services.redisUrl)),
  ]);
  const app = await startFakeApp(respond);
  const payments = await startPaymentProvider({
    webhookUrl: new URL('/webhooks/payments', app.entry).href,
    webhookSecret: 'whsec_test',
    seed: 1,
  });
  const mail = await startMailProvider();
  const fulfilment = await startFulfilmentPartner();
  const sql = new pg.Pool({ connectionString: services.postgresUrl });
  // `end` does not wait for the server to close its side, which may be with a complaint when it is stopped right after.
  sql.on('error', () => {});
  sql.on('connect', (client) => client.on('error', () => {}));
  const redis = new Redis(services.redisUrl);
  const appConnections: { disconnect(): void }[] = [];

  let load: RunningLoad | undefined;
  let timer: NodeJS.Timeout | undefined;
  const fireEvery = (ms: number) => {
    clearInterval(timer);
    timer = setInterval(() => void fetch(new URL('/v1/orders', app.entry)).catch(() => {}), ms);
  };
  const stopLoad = () => {
    clearInterval(timer);
    load = undefined;
  };

  const sandbox: Sandbox = {
    directory: '/nonexistent',
    size: 'small',
    postgres: {
      adminUrl: through(services.postgresUrl, adminPostgres),
      readerUrl: through(services.postgresUrl, adminPostgres),
      appRole: 'app',
    },
    redis: { url: through(services.redisUrl, adminRedis) },
    links: { postgres, redis: redisLink },
    app,
    payments,
    mail,
    fulfilment,
    load: () => load,
  };
  const vanish = async () => {
    stopLoad();
    await network.close();
    await Promise.all([payments.close(), mail.close(), fulfilment.close(), app.stop()]);
  };
  return {
    sandbox,
    app,
    sql,
    redis,
    async connectLikeTheApp() {
      const client = new pg.Client(through(services.postgresUrl, postgres));
      client.on('error', () => {});
      await client.connect();
      const connection = new Redis(through(services.redisUrl, redisLink), { retryStrategy: () => null });
      connection.on('error', () => {});
      await connection.ping();
      appConnections.push({ disconnect: () => void client.end().catch(() => {}) }, connection);
    },
    startLoad() {
      fireEvery(1_000 / requestsPerSecond);
      load = {
        samples: (async function* () {})(),
        shape: ([stage]) => fireEvery(1_000 / requestsPerSecond / (stage?.kind === 'constant' ? stage.times : 1)),
        mark: async () => Date.now(),
        stop: async () => stopLoad(),
      };
    },
    async pay(order) {
      await fetch(`${payments.url}/v1/charges`, {
        method: 'POST',
        body: JSON.stringify({ amount: 100, currency: 'EUR', reference: `order_${order}` }),
      });
    },
    vanish,
    async close() {
      await vanish();
      for (const connection of appConnections) connection.disconnect();
      redis.disconnect();
      await sql.end();
    },
  };
}
