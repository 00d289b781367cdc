import type { Link } from '../../domain/sandbox.ts';
import { startWorkerThread } from '../worker-thread.ts';
import type { Address } from './address.ts';
import type { BackendState, BalancerServer } from './balancer-server.ts';
import type { LinkServer } from './link-server.ts';
import type { NetworkServer } from './network-worker.ts';
import { createRemotes, rootHandle } from './remote.ts';

/**
 * Spreads TCP connections over backends: each goes to the healthy one with the fewest open, and to the next when it can't be
 * made. With no healthy backend all are tried; with none at all, or none that answers, the connection is reset.
 * Health: `GET /readyz` every 250 ms; unhealthy after 2 misses, healthy after 1 good answer.
 */
export interface Balancer {
  readonly port: number;
  readonly url: URL;
  /** Resolves when its health is known for the first time. Rejects when the name is taken. */
  add(name: string, address: Address): Promise<void>;
  /** No new connections; existing ones stay. */
  drain(name: string): Promise<void>;
  /** Drains, waits at most `graceMs` milliseconds (default 5000) for its connections to end, resets the rest. Does nothing for an unknown name. */
  remove(name: string, graceMs?: number): Promise<void>;
  backends(): Promise<readonly BackendState[]>;
  /** Stops listening and resets every connection. */
  close(): Promise<void>;
}

/** Every TCP path of a sandbox, in a thread of its own so that nothing the harness does delays traffic. */
export interface Network {
  /** Opens a port of 127.0.0.1 that leads to `service`. */
  link(name: string, service: Address): Promise<Link>;
  balancer(): Promise<Balancer>;
  /** Ends everything. Idempotent. */
  close(): Promise<void>;
}

/** Starts the network's thread. Calls to what it hands out reject with `NETWORK_FAILED` once it is closed. */
export function startNetwork(): Network {
  const worker = startWorkerThread(new URL('./network-worker.ts', import.meta.url));
  const { remote } = createRemotes(worker);
  const network = remote<NetworkServer>(rootHandle);

  return {
    // Addresses are copied: what callers pass often is one and more, and only plain data gets across.
    link: async (name, { host, port: servicePort }) => {
      const { handle, port } = await network('link', { host, port: servicePort });
      const link = remote<LinkServer>(handle);
      return {
        name,
        port,
        setLatency: (ms) => link('setLatency', ms),
        reset: () => link('reset'),
        setPartitioned: (partitioned) => link('setPartitioned', partitioned),
        stats: () => link('stats'),
        close: () => link('close'),
      };
    },
    balancer: async () => {
      const { handle, port } = await network('balancer');
      const balancer = remote<BalancerServer>(handle);
      return {
        port,
        url: new URL(`http://127.0.0.1:${port}`),
        add: (name, address) => balancer('add', name, { host: address.host, port: address.port }),
        drain: (name) => balancer('drain', name),
        remove: (name, graceMs = 5_000) => balancer('remove', name, graceMs),
        backends: () => balancer('backends'),
        close: () => balancer('close'),
      };
    },
    close: async () => {
      await worker.terminate();
    },
  };
}
