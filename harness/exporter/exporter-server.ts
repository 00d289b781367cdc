import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loopbackHosts } from '../platform/loopback-hosts.ts';

/** An answer to GET: its content type and text. */
export type Page = () => { readonly type: string; readonly text: string };

export interface ExporterServer {
  readonly url: URL;
  /** Idempotent. */
  close(): Promise<void>;
}

/**
 * Serves pages by path on a free port of 127.0.0.1, to anybody on this machine: a Prometheus brings no token. Nothing can be changed through it, and
 * no web page of elsewhere can read it.
 */
export async function startExporterServer(pages: Readonly<Record<string, Page>>): Promise<ExporterServer> {
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
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
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
