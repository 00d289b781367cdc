import { once } from 'node:events';
import { connect } from 'node:net';
import { startNetwork } from '../platform/network/network.ts';
import type { Bench } from './bench.ts';
import { startStaticTarget } from './static-target.ts';

const ROUNDS = 7;
const TRIPS = 4000;
const TARGET_US = 25;
const REQUEST = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n';

/** Median round trip of one small request after the other over one connection, in microseconds. */
async function medianTrip(port: number): Promise<number> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  const trips: number[] = [];
  await new Promise<void>((resolve, reject) => {
    let sentAt = 0;
    const send = () => {
      sentAt = performance.now();
      socket.write(REQUEST);
    };
    socket.on('error', reject);
    socket.on('data', () => {
      trips.push((performance.now() - sentAt) * 1000);
      if (trips.length < TRIPS) send();
      else resolve();
    });
    send();
  });
  socket.destroy();
  return median(trips);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}

/** What a link of the network adds to a round trip when no fault is active. Direct and through the link take turns; the median of the differences counts. */
export const proxy: Bench = {
  name: 'proxy',
  about: 'round-trip time that a link of the network adds',
  run: async () => {
    const target = await startStaticTarget();
    const network = startNetwork();
    try {
      const link = await network.link('bench', { host: '127.0.0.1', port: target.port });
      // The first round warms both paths up.
      await medianTrip(target.port);
      await medianTrip(link.port);
      const added: number[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        const direct = await medianTrip(target.port);
        added.push((await medianTrip(link.port)) - direct);
      }
      const measured = median(added);
      return [{ figure: 'added at p50', target: `≤ ${TARGET_US}`, measured, unit: 'µs', ok: measured <= TARGET_US }];
    } finally {
      await network.close();
      await target.stop();
    }
  },
};
