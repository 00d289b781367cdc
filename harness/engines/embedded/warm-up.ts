import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LoadPlan } from '../../domain/workload.ts';
import { startLoadLoop } from './load-loop.ts';

const WARM_UP_MS = 300;
const ANSWER_MS = 1000;

/**
 * Lets the just-in-time compiler see the whole path of a request before the first real one: a cold engine adds a hundred milliseconds to the
 * p99 of its first seconds. Plays the plan at a high rate for 0.3 s against a throw-away server in this very thread, and forgets the samples.
 */
export async function warmUp(plan: LoadPlan): Promise<void> {
  const answer = JSON.stringify({ warm: 'up'.repeat(100) });
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const loop = await startLoadLoop({
    plan: { ...plan, timeoutMs: ANSWER_MS, maxInFlight: 64 },
    ratePerSecond: 10_000,
    target: new URL(`http://127.0.0.1:${port}`),
    spacing: 'poisson',
    onSample: () => {},
  });
  await sleep(WARM_UP_MS);
  await loop.stop(ANSWER_MS);
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}
