import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config.ts';
import { withDeadline } from './deadline.ts';
import type { Logger } from './logger.ts';
import { flushTraces } from './traces.ts';

const CLOSE_MS = 2_000;

interface Closable {
  name: string;
  close(): Promise<unknown>;
}

export interface Lifecycle {
  /** True from the first stop signal on. */
  readonly draining: boolean;
  /** Registers something to close on the way out; the last registered closes first. */
  onStop(name: string, close: () => Promise<unknown>): void;
  /** Resolves with the port, once connections are accepted. */
  listen(handler: RequestListener): Promise<{ port: number }>;
  stop(signal: string): Promise<void>;
}

export function createLifecycle(config: Pick<Config, 'host' | 'port' | 'shutdownGraceMs'>, logger: Logger): Lifecycle {
  const closables: Closable[] = [{ name: 'traces', close: flushTraces }];
  const open = new Set<ServerResponse>();
  let draining = false;

  function askToReconnect(res: ServerResponse): void {
    if (!res.headersSent) res.setHeader('Connection', 'close');
  }

  async function close({ name, close }: Closable): Promise<void> {
    try {
      await withDeadline(close(), CLOSE_MS, `closing ${name}`);
    } catch (error) {
      logger.warn({ reason: (error as Error).message }, `${name} did not close cleanly`);
    }
  }

  const lifecycle: Lifecycle = {
    get draining() {
      return draining;
    },

    onStop(name, close) {
      closables.unshift({ name, close });
    },

    async listen(handler) {
      const server = createServer((req, res) => {
        open.add(res);
        res.once('close', () => open.delete(res));
        if (draining) askToReconnect(res);
        handler(req, res);
      });
      server.keepAliveTimeout = 65_000;
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(config.port, config.host, resolve);
      });
      lifecycle.onStop('http server', () => new Promise((resolve) => server.close(resolve)));
      return { port: (server.address() as AddressInfo).port };
    },

    async stop(signal) {
      draining = true;
      logger.info({ signal, inFlight: open.size }, 'stopping');
      for (const res of open) askToReconnect(res);
      await sleep(config.shutdownGraceMs);
      for (const closable of closables) await close(closable);
      logger.info('stopped');
    },
  };
  return lifecycle;
}

/** Runs the lifecycle under the process signals: the first one stops in order, a second one ends at once. */
export function stopOnSignals(lifecycle: Lifecycle, logger: Logger): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (lifecycle.draining) process.exit(1);
      void lifecycle.stop(signal).then(() => process.exit(0));
    });
  }
  process.on('unhandledRejection', (error) => logger.error({ err: error }, 'unhandled rejection'));
}
