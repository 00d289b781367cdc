import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import type { CompanySize } from '../domain/company.ts';
import type { Journal } from '../domain/journal.ts';
import type { RunningLoad } from '../domain/load.ts';
import type { Sandbox } from '../domain/sandbox.ts';
import type { ScenarioDefinition } from '../domain/scenario.ts';
import type { ServiceSource } from '../domain/service.ts';
import type { Confinement } from '../platform/confinement.ts';
import { startNetwork } from '../platform/network/network.ts';
import { createUndoStack } from '../platform/undo-stack.ts';
import { startCompanyDatabase } from '../services/company/company-database.ts';
import { startRedis } from '../services/redis.ts';
import { startFulfilmentPartner } from '../third-parties/fulfilment.ts';
import { startMailProvider } from '../third-parties/mail.ts';
import { startPaymentProvider } from '../third-parties/payments.ts';
import { createFleet, type SupervisedFleet } from './app-fleet.ts';
import type { AppEnvironment } from './app-process.ts';

export interface BootOptions {
  /** The run's directory; must exist. */
  readonly directory: string;
  readonly size: CompanySize;
  /** Where PostgreSQL and Redis come from. Default `auto`. */
  readonly services?: ServiceSource;
  readonly network: { readonly postgresMs: number; readonly redisMs: number };
  readonly journal: Journal;
  readonly seed: number;
  /** For an app that is a stranger's. */
  readonly confinement?: Confinement;
  /**
   * Variables that switch on the app's tracing. Only for the first app in the sandbox, the one that people look into: after a reset there are arms to
   * be measured, all without.
   */
  readonly tracing?: AppEnvironment;
  /** Told what is being done, with the share finished (0 to 1) where known. */
  readonly onStep?: (step: string, share?: number) => void;
}

/** A booted sandbox without an app in it yet, and what only its owner may do with it. */
export interface BootedSandbox extends Sandbox {
  /** Who provides its services: in a container, the same work takes more of the machine. */
  readonly providers: { readonly postgres: string; readonly redis: string };
  readonly app: SupervisedFleet;
  carryLoad(load: RunningLoad | undefined): void;
  /** Does work whose time does not matter with no latency on the network; the scenario's is back afterwards. */
  atFullSpeed<T>(work: () => Promise<T>): Promise<T>;
  /** Everything as after boot: app stopped, fresh database, empty Redis, forgotten ledgers, normal network. Milliseconds the database took; the first call finds everything fresh. */
  reset(): Promise<number>;
  /** Rejects never; resolves with what was lost when a service dies that should be running. */
  readonly lost: Promise<string>;
  /** Stops everything in reverse order of its start. Idempotent. */
  stop(): Promise<void>;
}

const replicas = 2;

/** Starts services, network and third parties of one sandbox. Whatever was started is stopped again when a later step fails. */
export async function bootSandbox(options: BootOptions): Promise<BootedSandbox> {
  const { directory, size, services: source, journal, onStep = () => {} } = options;
  const undo = createUndoStack();
  try {
    const logDirectory = join(directory, 'logs');
    await mkdir(logDirectory, { recursive: true });
    const network = await startNetwork();
    undo.push('network', () => network.close());

    const [database, redis] = await Promise.all([
      startCompanyDatabase({
        directory,
        size,
        source,
        onProgress: (share, label) => onStep(`PostgreSQL: ${label}`, share),
      }).then((started) => {
        undo.push('PostgreSQL', () => started.stop());
        journal.write(serviceStarted('postgres', started));
        return started;
      }),
      startRedis({ directory, source, announce: (text) => onStep(text) }).then((started) => {
        undo.push('Redis', () => started.stop());
        journal.write(serviceStarted('redis', started));
        return started;
      }),
    ]);

    onStep('Third parties and network');
    const balancer = await network.balancer();
    const webhookSecret = `whsec_${randomBytes(16).toString('hex')}`;
    const payments = await startPaymentProvider({
      webhookUrl: `${balancer.url.origin}/webhooks/payments`,
      webhookSecret,
      seed: options.seed,
    });
    undo.push('payment provider', () => payments.close());
    const mail = await startMailProvider();
    undo.push('mail provider', () => mail.close());
    const fulfilment = await startFulfilmentPartner();
    undo.push('fulfilment partner', () => fulfilment.close());

    const links = {
      postgres: await network.link('postgres', { host: database.running.host, port: database.running.port }),
      redis: await network.link('redis', { host: redis.running.host, port: redis.running.port }),
    };
    const setLatencies = ({ postgresMs, redisMs }: BootOptions['network']) =>
      Promise.all([links.postgres.setLatency(postgresMs), links.redis.setLatency(redisMs)]);
    const settleLinks = () =>
      Promise.all([
        links.postgres.setPartitioned(false),
        links.redis.setPartitioned(false),
        setLatencies(options.network),
      ]);
    await settleLinks();

    const environment = {
      HOST: '127.0.0.1',
      DATABASE_URL: database.appUrl(links.postgres.port),
      REDIS_URL: redis.url(links.redis.port),
      PAYMENTS_URL: payments.url,
      PAYMENTS_WEBHOOK_SECRET: webhookSecret,
      MAIL_URL: mail.url,
      FULFILMENT_URL: fulfilment.url,
      LOG_LEVEL: 'info',
    };
    const newFleet = (tracing: AppEnvironment = {}) =>
      createFleet({
        balancer,
        environment: { ...environment, ...tracing },
        logDirectory,
        journal,
        replicas,
        ...(options.confinement && { confinement: options.confinement }),
      });
    let fleet = newFleet(options.tracing);
    undo.push('app', () => fleet.stop());

    let load: RunningLoad | undefined;
    let fresh = true;
    return {
      directory,
      size,
      postgres: {
        adminUrl: database.adminUrl,
        readerUrl: database.readerUrl,
        appRole: database.appRole,
        logFile: database.logFile,
        pid: database.running.pid,
      },
      redis: { url: redis.url(), pid: redis.running.pid },
      providers: { postgres: database.running.provider, redis: redis.running.provider },
      links,
      get app() {
        return fleet;
      },
      payments,
      mail,
      fulfilment,
      load: () => load,
      carryLoad: (next) => {
        load = next;
      },
      async atFullSpeed(work) {
        await setLatencies({ postgresMs: 0, redisMs: 0 });
        try {
          return await work();
        } finally {
          await setLatencies(options.network);
        }
      },
      lost: Promise.race([
        database.lost.then((why) => `PostgreSQL: ${why}`),
        redis.lost.then((why) => `Redis: ${why}`),
      ]),
      async reset() {
        if (fresh) {
          fresh = false;
          return 0;
        }
        await fleet.stop();
        fleet = newFleet();
        const [milliseconds] = await Promise.all([database.reset(), flushRedis(redis.url()), settleLinks()]);
        for (const party of [payments, mail, fulfilment]) party.reset();
        return milliseconds;
      },
      async stop() {
        await undo.unwind();
      },
    };
  } catch (error) {
    await undo.unwind();
    throw error;
  }
}

function serviceStarted(
  service: string,
  {
    running,
    declined,
  }: { running: { provider: string; version: string }; declined: readonly { provider: string; reason: string }[] },
) {
  const reasons = declined.map(({ provider, reason }) => `${provider}: ${reason}`);
  return {
    type: 'service.started' as const,
    service,
    provider: running.provider,
    version: running.version,
    declined: reasons,
  };
}

async function flushRedis(url: string): Promise<void> {
  const redis = new Redis(url, { maxRetriesPerRequest: 1, lazyConnect: true });
  try {
    await redis.connect();
    await redis.flushdb();
  } finally {
    redis.disconnect();
  }
}

/** The network of a scenario's sandbox: a millisecond to the database unless the scenario says otherwise, for on loopback round trips would cost nothing. */
export function networkOf({ network }: Pick<ScenarioDefinition, 'network'>): {
  readonly postgresMs: number;
  readonly redisMs: number;
} {
  return { postgresMs: network?.postgresMs ?? 1, redisMs: network?.redisMs ?? 0 };
}
