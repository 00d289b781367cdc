import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { expect, it } from 'vitest';
import type { LoadSample } from '../../../harness/domain/load.ts';
import { startLoadLoop } from '../../../harness/engines/embedded/load-loop.ts';
import { loadReading } from '../../../harness/engines/load-reading.ts';
import { until } from '../../../harness/platform/clock.ts';

const CLOSES = 20;
const GAP_MS = 20;

/** Keeps this thread from doing anything else. */
function occupy(ms: number): void {
  for (const from = performance.now(); performance.now() - from < ms; );
}

it('sends nothing over a connection that the server has closed, also when both wait for the engine', async () => {
  const sockets = new Set<Socket>();
  let closes = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('data', () => {
      socket.write('HTTP/1.1 204 No Content\r\n\r\n');
      setTimeout(() => {
        // Meanwhile the next arrival falls due, and before the engine hears of it the connections are closed.
        occupy(GAP_MS);
        for (const idle of sockets) idle.destroy();
        sockets.clear();
        closes++;
      }, GAP_MS / 2);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const samples: LoadSample[] = [];
  const loop = await startLoadLoop({
    plan: {
      requests: [{ name: 'read', method: 'GET', path: '/', weight: 1 }],
      pools: {},
      seed: 1,
      timeoutMs: 5000,
      maxInFlight: 10,
    },
    ratePerSecond: 1000 / GAP_MS,
    target: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    spacing: 'even',
    onSample: (sample) => samples.push(sample),
  });
  await until('connections closed often enough', async () => closes >= CLOSES, { timeoutMs: 20_000, everyMs: 10 });
  await loop.stop(1000);
  for (const socket of sockets) socket.destroy();
  server.close();
  await once(server, 'close');
  // A busy machine may yet put a request on its way just before the close.
  expect(loadReading(samples).all.errors.ECONNRESET ?? 0).toBeLessThan(CLOSES / 4);
});
