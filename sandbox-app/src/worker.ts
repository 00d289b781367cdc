import express from 'express';
import { loadConfig } from './config.ts';
import { RELEASES_QUEUE } from './fulfilment/release-queue.ts';
import { startReleaseWorker } from './fulfilment/release-worker.ts';
import { startOrderWorker } from './fulfilment/worker.ts';
import { healthRoutes } from './platform/health.ts';
import { createLifecycle, stopOnSignals } from './platform/lifecycle.ts';
import { ORDERS_QUEUE } from './platform/queue.ts';
import { closeWith, createServices } from './services.ts';

const config = loadConfig();
const services = createServices(config);
const { logger } = services;

const lifecycle = createLifecycle(config, logger);
closeWith(lifecycle, services);
stopOnSignals(lifecycle, logger);

services.metrics.observeQueues({ [ORDERS_QUEUE]: services.orderQueue, [RELEASES_QUEUE]: services.releaseQueue });

try {
  const releaseWorker = startReleaseWorker(services);
  lifecycle.onStop('release worker', () => releaseWorker.close());
  const app = express().disable('x-powered-by');
  app.use(healthRoutes({ ...services, lifecycle }));
  const { port } = await lifecycle.listen(app);
  const worker = startOrderWorker(services);
  lifecycle.onStop('order worker', () => worker.close());
  logger.info({ host: config.host, port, concurrency: config.jobConcurrency }, 'listening');
} catch (error) {
  logger.fatal({ err: error }, 'could not start');
  process.exit(1);
}
