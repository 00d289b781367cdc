import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** A TCP server of a test, with the connections it has seen. */
export interface TestServer {
  readonly host: string;
  readonly port: number;
  readonly sockets: readonly Socket[];
  /** Ends it and its connections. */
  close(): Promise<void>;
}

/** Listens on 127.0.0.1. A `port` given is taken, else a free one. */
export async function serveTcp(onSocket: (socket: Socket) => void, port = 0): Promise<TestServer> {
  const sockets: Socket[] = [];
  const server: Server = createServer({ noDelay: true, allowHalfOpen: true }, (socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
    onSocket(socket);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address() as { readonly port: number };
  return {
    host: '127.0.0.1',
    port: address.port,
    sockets,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A connected client that keeps what it receives. */
export interface TestClient {
  readonly socket: Socket;
  received(): Buffer;
  /** Resolves to the error code that ended it, or `end`. */
  readonly over: Promise<string>;
}

/** Connects to a port of 127.0.0.1. A reset right after the connection was accepted is told by `over`; a refusal rejects. */
export async function connectTo(port: number): Promise<TestClient> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  const over = new Promise<string>((resolve) => {
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    socket.on('close', () => resolve('end'));
  });
  const connected = new Promise<string>((resolve) => socket.once('connect', () => resolve('connected')));
  const first = await Promise.race([connected, over]);
  if (first === 'ECONNREFUSED') throw Object.assign(new Error(first), { code: first });
  return { socket, over, received: () => Buffer.concat(chunks) };
}
