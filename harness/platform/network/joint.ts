import type { Socket } from 'node:net';
import { type Conditions, createConduit } from './conduit.ts';
import { cut } from './cut.ts';

/** A client's connection and the one to the service behind it, joined. */
export interface Joint {
  /** To be called when conditions have changed. */
  refresh(): void;
  /** Ends both sides with a TCP reset. */
  reset(): void;
}

export interface JointConditions {
  readonly toService: Conditions;
  readonly toClient: Conditions;
}

/**
 * Passes bytes between `client` and `service` in both directions. When one side breaks, the other is reset, as a client
 * would see it without a proxy. Both sockets must have been created with `allowHalfOpen`.
 * `onBytes` is told the size of each chunk, `onClosed` is called once when both sides are gone.
 */
export function join(
  client: Socket,
  service: Socket,
  conditions: JointConditions,
  onBytes: (bytes: number) => void,
  onClosed: () => void,
): Joint {
  const conduits = [
    createConduit(client, service, conditions.toService, onBytes),
    createConduit(service, client, conditions.toClient, onBytes),
  ];
  const reset = () => {
    for (const conduit of conduits) conduit.close();
    cut(client);
    cut(service);
  };
  let open = 2;
  for (const socket of [client, service]) {
    socket.on('error', reset);
    socket.on('close', () => {
      open -= 1;
      if (open === 0) onClosed();
    });
  }
  return {
    refresh: () => {
      for (const conduit of conduits) conduit.refresh();
    },
    reset,
  };
}
