import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A URL that somebody asks when he is ready to start, and that answers when it is time. */
export interface StartGate {
  readonly url: string;
  /** Resolves when somebody waits. */
  readonly reached: Promise<void>;
  /** Lets him go, with this answer. Resolves when the answer is sent. */
  open(answer: string): Promise<void>;
  /** Idempotent. */
  close(): void;
}

/** Opens a gate on 127.0.0.1 for one. */
export async function startGate(): Promise<StartGate> {
  let arrive: (waiting: ServerResponse) => void = () => {};
  const waiting = new Promise<ServerResponse>((resolve) => {
    arrive = resolve;
  });
  const server = createServer((_, response) => arrive(response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    reached: waiting.then(() => {}),
    open: async (answer) => {
      const response = await waiting;
      await new Promise<void>((resolve) => {
        response.end(answer, resolve);
      });
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
