import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { environmentError, messageOf } from '../domain/errors.ts';
import { loopbackHosts } from '../platform/loopback-hosts.ts';

/** An answer to GET: its content type and text. */
export type Page = () => { readonly type: string; readonly text: string };

export interface ExporterServer {
  readonly url: URL;
  /** Idempotent. */
  close(): Promise<void>;
}

/**
 * Serves pages by path on a port of 127.0.0.1, to anybody on this machine: a Prometheus brings no token. Nothing can be changed through it, and
 * no web page of elsewhere can read it.
 * @param port default: a free one
 * Throws `METRICS_PORT_TAKEN` when somebody else listens there.
 */
export async function startExporterServer(
  pages: Readonly<Record<string, Page>>,
  port?: number,
): Promise<ExporterServer> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', url).pathname;
    const allowed = loopbackHosts(Number(url.port)).includes(request.headers.host ?? '');
    const page = request.method === 'GET' && Object.hasOwn(pages, path) ? pages[path] : undefined;
    if (!allowed || page === undefined) {
      response.writeHead(allowed ? 404 : 403).end();
      return;
    }
    const { type, text } = page();
    response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(text);
  });
  await new Promise<void>((resolve, reject) =>
    server
      .once('error', (error) => reject(port === undefined ? error : cannotListen(port, error)))
      .listen(port ?? 0, '127.0.0.1', resolve),
  );
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return {
    url,
    async close() {
      if (!server.listening) return;
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Throws `METRICS_PORT_TAKEN` when somebody listens on the port now: before anything else is started, not after. */
export async function assertPortFree(port: number): Promise<void> {
  const server = await startExporterServer({}, port);
  await server.close();
}

function cannotListen(port: number, error: Error): Error {
  return environmentError(
    'METRICS_PORT_TAKEN',
    `Metrics can't be served on port ${port} of 127.0.0.1: ${messageOf(error)}`,
    'End what listens there, for example another game day (`gameday end`), or set GAMEDAY_METRICS_PORT to another port.',
    error,
  );
}
