import type { Redis } from 'ioredis';
import type { Config } from './config.ts';
import { createReleaseQueue, type ReleaseQueue } from './fulfilment/release-queue.ts';
import { createPaymentProvider, type PaymentProvider } from './payments/provider.ts';
import { createDatabase, type Database } from './platform/database.ts';
import type { Lifecycle } from './platform/lifecycle.ts';
import { createLogger, type Logger } from './platform/logger.ts';
import { createMetrics, type Metrics } from './platform/metrics.ts';
import { createOrderQueue, type OrderQueue } from './platform/queue.ts';
import { createRedis } from './platform/redis.ts';
import { createProfiles, type Profiles } from './profiles/service.ts';

/** What the processes share: built once at startup and handed down to the features. */
export interface Services {
  config: Config;
  logger: Logger;
  metrics: Metrics;
  database: Database;
  redis: Redis;
  releaseQueue: ReleaseQueue;
  orderQueue: OrderQueue;
  paymentProvider: PaymentProvider;
  profiles: Profiles;
}

export function createServices(config: Config): Services {
  const logger = createLogger(config);
  const metrics = createMetrics(config.instance);
  const database = createDatabase(config, logger, metrics);
  const redis = createRedis(config, logger);
  return {
    config,
    logger,
    metrics,
    database,
    releaseQueue: createReleaseQueue(config, logger),
    redis,
    orderQueue: createOrderQueue(config, logger),
    paymentProvider: createPaymentProvider(config),
    profiles: createProfiles(database, redis, metrics),
  };
}

export function closeWith(lifecycle: Lifecycle, services: Services): void {
  lifecycle.onStop('database', () => services.database.close());
  lifecycle.onStop('redis', async () => services.redis.disconnect());
  lifecycle.onStop('order queue', () => services.orderQueue.close());
  lifecycle.onStop('release queue', () => services.releaseQueue.close());
}
