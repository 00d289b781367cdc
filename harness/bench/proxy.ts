import { once } from 'node:events';
import { connect } from 'node:net';
import { median } from '../domain/median.ts';
import type { Bench, Measurement } from './bench.ts';
import { inTurns } from './in-turns.ts';
import { absolute, atMost, relative } from './limit.ts';
import { type Proxies, throughEach, withProxies } from './proxies.ts';
import type { RunningProxy } from './proxy-kind.ts';
import { startStaticTarget } from './static-target.ts';

const ROUNDS = 7;
const TRIPS = 4000;
const TARGET_US = 25;
/** Up to this many times what haproxy adds, the link is level with it. */
const LEVEL = 1.25;
const REQUEST = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n';

/** Median round trip of one small request after the other over one connection, in microseconds. */
async function medianTrip({ port }: Pick<RunningProxy, 'port'>): Promise<number> {
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

/** What a link of the network adds to a round trip when no fault is active, beside what other proxies add. Direct and proxies take turns; the medians of the differences count. */
export const proxy: Bench = {
  name: 'proxy',
  about: 'round-trip time that a link of the network adds',
  run: async () => {
    const target = await startStaticTarget();
    try {
      return await withProxies(target.port, async (proxies) => {
        const rounds = await inTurns(ROUNDS, {
          direct: () => medianTrip(target),
          ...throughEach(proxies, medianTrip),
        });
        const added = (name: keyof Proxies) => {
          const there = proxies[name];
          return 'missing' in there ? there : rounds.map((round) => round[name]! - round.direct!);
        };
        return addedBy(added('link') as readonly number[], added('Toxiproxy'), added('haproxy'));
      });
    } finally {
      await target.stop();
    }
  },
};

type Added = readonly number[] | { readonly missing: string };

function addedBy(ours: readonly number[], byToxiproxy: Added, byHaproxy: Added): readonly Measurement[] {
  const own = { figure: 'added at p50', unit: 'µs', ours };
  const alone = absolute(own, atMost(TARGET_US, 'µs'));
  return [
    { ...alone, inconclusive: alone.ok ? undefined : (slowMachine(ours, byHaproxy) ?? alone.inconclusive) },
    relative(own, atMost(1, '×'), { to: 'Toxiproxy', rounds: byToxiproxy }),
    relative(own, atMost(LEVEL, '×'), { to: 'haproxy', rounds: byHaproxy }),
  ];
}

/** Where haproxy misses the target too, it is the machine that needs so long for two more wake-ups. */
function slowMachine(ours: readonly number[], byHaproxy: Added): string | undefined {
  if ('missing' in byHaproxy) return undefined;
  const compared = median(byHaproxy);
  return compared > TARGET_US && median(ours) <= compared * LEVEL
    ? `here haproxy adds ${compared.toFixed(1)} µs, and the link is level with it`
    : undefined;
}
