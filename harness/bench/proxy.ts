import { once } from 'node:events';
import { connect } from 'node:net';
import { median } from '../domain/median.ts';
import { startNetwork } from '../platform/network/network.ts';
import type { Bench, Measurement } from './bench.ts';
import { startHaproxy } from './haproxy.ts';
import { spread } from './spread.ts';
import { startStaticTarget } from './static-target.ts';

const ROUNDS = 7;
const TRIPS = 4000;
const TARGET_US = 25;
/** Up to this many times what haproxy adds, the link is level with it. */
const LEVEL = 1.25;
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

/** What a link of the network adds to a round trip when no fault is active. Direct, link and haproxy take turns; the medians of the differences count. */
export const proxy: Bench = {
  name: 'proxy',
  about: 'round-trip time that a link of the network adds',
  run: async () => {
    const target = await startStaticTarget();
    const network = startNetwork();
    const haproxy = await startHaproxy(target.port);
    try {
      const link = await network.link('bench', { host: '127.0.0.1', port: target.port });
      const byLink: number[] = [];
      const byHaproxy: number[] = [];
      // The first round warms the paths up.
      for (let round = 0; round <= ROUNDS; round++) {
        const direct = await medianTrip(target.port);
        const through = await medianTrip(link.port);
        const compared = haproxy && (await medianTrip(haproxy.port));
        if (round === 0) continue;
        byLink.push(through - direct);
        if (compared) byHaproxy.push(compared - direct);
      }
      return [added(byLink, byHaproxy)];
    } finally {
      await haproxy?.stop();
      await network.close();
      await target.stop();
    }
  },
};

/** Where haproxy misses the target too, it is the machine that needs so long for two more wake-ups. */
function added(byLink: readonly number[], byHaproxy: readonly number[]): Measurement {
  const measured = median(byLink);
  const ok = measured <= TARGET_US;
  const compared = byHaproxy.length > 0 ? median(byHaproxy) : undefined;
  const beside =
    compared === undefined
      ? 'haproxy, to compare with, is not on PATH'
      : `haproxy adds ${compared.toFixed(1)} (${spread(byHaproxy)})`;
  return {
    figure: 'added at p50',
    target: `≤ ${TARGET_US}`,
    measured,
    unit: 'µs',
    ok,
    note: `${spread(byLink)}\n${beside}`,
    inconclusive:
      !ok && compared !== undefined && compared > TARGET_US && measured <= compared * LEVEL
        ? `here haproxy adds ${compared.toFixed(1)} µs, and the link is level with it`
        : undefined,
  };
}
