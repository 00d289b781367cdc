import { parentPort } from 'node:worker_threads';
import type { Address } from './address.ts';
import { type BalancerServer, startBalancerServer } from './balancer-server.ts';
import { type LinkServer, startLinkServer } from './link-server.ts';
import { rootHandle, serveRemotes } from './remote.ts';

/** What the network's thread offers from the start. */
export interface NetworkServer {
  link(service: Address): Promise<{ readonly handle: number; readonly port: number }>;
  balancer(): Promise<{ readonly handle: number; readonly port: number }>;
}

const objects = new Map<number, NetworkServer | LinkServer | BalancerServer>();
let handles = rootHandle;

function register(server: LinkServer | BalancerServer) {
  handles += 1;
  objects.set(handles, server);
  return { handle: handles, port: server.port };
}

objects.set(rootHandle, {
  link: async (service) => register(await startLinkServer(service)),
  balancer: async () => register(await startBalancerServer()),
});
if (parentPort) serveRemotes(parentPort, objects);
