import { connect, createServer, type Socket } from 'node:net';
import type { LinkStats } from '../../domain/sandbox.ts';
import { type Address, listenLocally } from './address.ts';
import { cut } from './cut.ts';
import { type Joint, join } from './joint.ts';

/** A link as it lives in the network's thread. */
export interface LinkServer {
  readonly port: number;
  setLatency(ms: number): void;
  reset(): number;
  setPartitioned(partitioned: boolean): void;
  stats(): LinkStats;
  close(): void;
}

/** Listens on a free port of 127.0.0.1 and connects every client to the service, see `Link`. */
export async function startLinkServer(service: Address): Promise<LinkServer> {
  const state = { accepted: 0, bytes: 0 };
  const toService = { latencyMs: 0, held: false };
  const toClient = { latencyMs: 0, held: false };
  const joints = new Set<Joint>();
  /** Accepted during a partition and not yet connected to the service. */
  const waiting = new Set<Socket>();

  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true }, (client) => {
    state.accepted += 1;
    if (!toService.held) {
      dial(client);
      return;
    }
    waiting.add(client);
    client.on('error', () => client.destroy());
    client.on('close', () => waiting.delete(client));
  });

  function dial(client: Socket): void {
    const upstream = connect({ ...service, allowHalfOpen: true, noDelay: true });
    const joint = join(
      client,
      upstream,
      { toService, toClient },
      (bytes) => {
        state.bytes += bytes;
      },
      () => joints.delete(joint),
    );
    joints.add(joint);
  }

  function refresh(): void {
    for (const joint of joints) joint.refresh();
  }

  function reset(): number {
    const connections = joints.size + waiting.size;
    for (const joint of joints) joint.reset();
    for (const client of waiting) cut(client);
    return connections;
  }

  const port = await listenLocally(server);
  return {
    port,
    reset,
    setLatency: (ms) => {
      toClient.latencyMs = ms;
      refresh();
    },
    setPartitioned: (partitioned) => {
      toService.held = partitioned;
      toClient.held = partitioned;
      refresh();
      if (partitioned) return;
      for (const client of waiting) dial(client);
      waiting.clear();
    },
    stats: () => ({
      open: joints.size + waiting.size,
      accepted: state.accepted,
      bytes: state.bytes,
      latencyMs: toClient.latencyMs,
      partitioned: toClient.held,
    }),
    close: () => {
      server.close();
      reset();
    },
  };
}
