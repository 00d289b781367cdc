import { connect, createServer, type Socket } from 'node:net';
import { type Address, listenLocally } from './address.ts';
import { cut } from './cut.ts';
import { type HealthWatch, watchHealth } from './health-watch.ts';
import { type Joint, join } from './joint.ts';

export interface BackendState {
  readonly name: string;
  /** Connections open now. */
  readonly open: number;
  readonly healthy: boolean;
}

/** A balancer as it lives in the network's thread. */
export interface BalancerServer {
  readonly port: number;
  add(name: string, address: Address): Promise<void>;
  drain(name: string): void;
  remove(name: string, graceMs: number): Promise<void>;
  backends(): readonly BackendState[];
  close(): void;
}

interface Backend {
  readonly name: string;
  readonly address: Address;
  readonly health: HealthWatch;
  readonly joints: Set<Joint>;
  /** Connections being made to it. */
  dialling: number;
  draining: boolean;
  /** Called when its last connection closes. */
  onIdle: () => void;
}

const connectTimeoutMs = 1_000;
const unhindered = { toService: { latencyMs: 0, held: false }, toClient: { latencyMs: 0, held: false } };

/** Listens on a free port of 127.0.0.1 and spreads connections over its backends, see `Balancer`. */
export async function startBalancerServer(): Promise<BalancerServer> {
  const backends = new Map<string, Backend>();
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true }, (client) => {
    client.on('error', () => client.destroy());
    void assign(client);
  });

  async function assign(client: Socket): Promise<void> {
    const tried = new Set<Backend>();
    for (let backend = choose(tried); backend !== undefined; backend = choose(tried)) {
      tried.add(backend);
      const service = await dial(backend);
      if (service === undefined) continue;
      const joint = attach(client, service, backend);
      // It was removed, or the client left, while the connection was being made.
      if (client.destroyed || backends.get(backend.name) !== backend) joint.reset();
      return;
    }
    cut(client);
  }

  // When none is healthy all are tried, as cloud balancers do: an overloaded replica that misses its health check
  // still serves more than a refusal.
  function choose(tried: ReadonlySet<Backend>): Backend | undefined {
    const open = [...backends.values()].filter((backend) => !backend.draining && !tried.has(backend));
    const healthy = open.filter((backend) => backend.health.healthy());
    const load = (backend: Backend) => backend.joints.size + backend.dialling;
    return (healthy.length > 0 ? healthy : open).sort((a, b) => load(a) - load(b))[0];
  }

  const port = await listenLocally(server);
  return {
    port,
    add: async (name, address) => {
      if (backends.has(name)) throw new Error(`the balancer already has a backend named ${name}`);
      const health = watchHealth(address);
      const backend: Backend = { name, address, health, joints: new Set(), dialling: 0, draining: false, onIdle() {} };
      backends.set(name, backend);
      await health.known;
    },
    drain: (name) => {
      const backend = backends.get(name);
      if (backend) backend.draining = true;
    },
    remove: async (name, graceMs) => {
      const backend = backends.get(name);
      if (backend === undefined) return;
      backend.draining = true;
      await idle(backend, graceMs);
      backend.health.stop();
      backends.delete(name);
    },
    backends: () =>
      [...backends.values()].map(({ name, joints, health }) => ({
        name,
        open: joints.size,
        healthy: health.healthy(),
      })),
    close: () => {
      server.close();
      for (const backend of backends.values()) {
        backend.draining = true;
        backend.health.stop();
        for (const joint of backend.joints) joint.reset();
      }
    },
  };
}

/** Resolves to a connection, or undefined when the backend refuses or does not answer in time. */
function dial(backend: Backend): Promise<Socket | undefined> {
  backend.dialling += 1;
  return new Promise((resolve) => {
    const service = connect({ ...backend.address, allowHalfOpen: true, noDelay: true });
    const settle = (connected: boolean) => {
      clearTimeout(expiry);
      service.removeAllListeners();
      backend.dialling -= 1;
      if (!connected) {
        service.on('error', () => {}).destroy();
        backend.health.failed();
      }
      resolve(connected ? service : undefined);
    };
    const expiry = setTimeout(() => settle(false), connectTimeoutMs);
    service.once('connect', () => settle(true)).once('error', () => settle(false));
  });
}

function attach(client: Socket, service: Socket, backend: Backend): Joint {
  const joint = join(
    client,
    service,
    unhindered,
    () => {},
    () => {
      backend.joints.delete(joint);
      if (backend.joints.size === 0) backend.onIdle();
    },
  );
  backend.joints.add(joint);
  return joint;
}

/** Resolves when the backend has no connection left; those still open after `graceMs` are reset. */
function idle(backend: Backend, graceMs: number): Promise<void> {
  if (backend.joints.size === 0) return Promise.resolve();
  return new Promise((resolve) => {
    const grace = setTimeout(() => {
      for (const joint of backend.joints) joint.reset();
    }, graceMs);
    backend.onIdle = () => {
      clearTimeout(grace);
      resolve();
    };
  });
}
