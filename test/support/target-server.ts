import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export type Answer = (request: SeenRequest, response: ServerResponse) => void;

/** A small HTTP server that remembers what it was asked and answers as it is told to. */
export interface TargetServer {
  readonly url: URL;
  readonly seen: readonly SeenRequest[];
  /** Most requests it ever had unanswered at once. */
  mostAtOnce(): number;
  openConnections(): Promise<number>;
  answer(how: Answer): void;
  close(): Promise<void>;
}

export const ok: Answer = (_, response) => void response.writeHead(200).end('{"ok":true}');

export async function startTargetServer(): Promise<TargetServer> {
  const seen: SeenRequest[] = [];
  let answering = ok;
  let open = 0;
  let most = 0;
  const server = createServer((request, response) => {
    most = Math.max(most, ++open);
    response.once('close', () => open--);
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const asked = { method, url, headers, body: Buffer.concat(chunks).toString() };
      seen.push(asked);
      answering(asked, response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    seen,
    mostAtOnce: () => most,
    openConnections: () =>
      new Promise((resolve, reject) =>
        server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
      ),
    answer: (how) => {
      answering = how;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
