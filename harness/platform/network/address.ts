import type { Server } from 'node:net';

/** Where a TCP service listens. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Listens on a free port of 127.0.0.1 and resolves to it. */
export function listenLocally(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port: 0, backlog: 1_024 }, () => {
      const address = server.address();
      if (address !== null && typeof address === 'object') resolve(address.port);
    });
  });
}
