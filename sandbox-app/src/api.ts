import { createApp } from './app.ts';
import { loadConfig } from './config.ts';
import { createLifecycle, stopOnSignals } from './platform/lifecycle.ts';
import { closeWith, createServices } from './services.ts';

const config = loadConfig();
const services = createServices(config);
const { logger } = services;

const lifecycle = createLifecycle(config, logger);
closeWith(lifecycle, services);
stopOnSignals(lifecycle, logger);

try {
  const { port } = await lifecycle.listen(createApp(services, lifecycle));
  logger.info({ host: config.host, port }, 'listening');
} catch (error) {
  logger.fatal({ err: error }, 'could not start');
  process.exit(1);
}
