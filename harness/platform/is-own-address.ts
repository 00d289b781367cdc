import { createServer } from 'node:net';

/** Whether a name or address means this machine: then one can listen there, also where the network interface is down. */
export function isOwnAddress(host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(0, host, () => server.close(() => resolve(true)));
  });
}
