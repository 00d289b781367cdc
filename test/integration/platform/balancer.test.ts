import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../../../harness/platform/clock.ts';
import { type Balancer, type Network, startNetwork } from '../../../harness/platform/network/network.ts';
import { freePort } from '../../../harness/platform/ports.ts';
import { connectTo, type TestClient } from './tcp.ts';

const host = '127.0.0.1';
const patience = { timeoutMs: 15_000, everyMs: 10 };

/** A replica that answers with its name and is as ready as it is told to be. */
interface Replica {
  readonly name: string;
  readonly port: number;
  ready: boolean;
  /** Dies: the port refuses and its connections break. */
  die(): Promise<void>;
}

let network: Network;
let balancer: Balancer;
const clients: TestClient[] = [];
const replicas: Replica[] = [];

beforeAll(() => {
  network = startNetwork();
});
afterAll(() => network.close());
beforeEach(async () => {
  balancer = await network.balancer();
});
afterEach(async () => {
  for (const { socket } of clients.splice(0)) socket.destroy();
  await balancer.close();
  for (const replica of replicas.splice(0)) await replica.die();
});

async function startReplica(name: string, port = 0): Promise<Replica> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((request, response) => {
    if (request.url === '/readyz') response.statusCode = replica.ready ? 200 : 503;
    response.end(name);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(port, host);
  await once(server, 'listening');
  const replica: Replica = {
    name,
    port: (server.address() as { readonly port: number }).port,
    ready: true,
    die: async () => {
      if (!server.listening) return;
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
  replicas.push(replica);
  return replica;
}

async function startBehind(...names: readonly string[]): Promise<Replica[]> {
  return Promise.all(
    names.map(async (name) => {
      const replica = await startReplica(name);
      await balancer.add(name, { host, port: replica.port });
      return replica;
    }),
  );
}

/** Opens a connection through the balancer that stays open. */
async function open(): Promise<TestClient> {
  const client = await connectTo(balancer.port);
  clients.push(client);
  return client;
}

/** Sends a request over an open connection; resolves to who answered. */
async function ask(client: TestClient): Promise<string> {
  const before = client.received().length;
  client.socket.write('GET / HTTP/1.1\r\nHost: test\r\n\r\n');
  return until('an answer', () => /\r\n\r\n(\w+)$/.exec(client.received().subarray(before).toString())?.[1], patience);
}

const backend = async (name: string) => (await balancer.backends()).find((state) => state.name === name);
const openOf = async (name: string) => (await backend(name))?.open;
const becomes = (name: string, healthy: boolean) =>
  until(
    `${name} to become ${healthy ? 'healthy' : 'unhealthy'}`,
    async () => (await backend(name))?.healthy === healthy,
    patience,
  );

describe('a balancer', () => {
  it('sends each connection where the fewest are open', async () => {
    await startBehind('a', 'b');
    const first = [await open(), await open(), await open(), await open()];
    const answers = [];
    for (const client of first) answers.push(await ask(client));
    expect(answers.sort()).toEqual(['a', 'a', 'b', 'b']);
    const ofA = [];
    for (const client of first) if ((await ask(client)) === 'a') ofA.push(client);
    for (const client of ofA) client.socket.destroy();
    await until('both to be gone', async () => (await openOf('a')) === 0, patience);
    expect([await ask(await open()), await ask(await open())]).toEqual(['a', 'a']);
  });

  it('gives a drained backend nothing new and leaves it what it has', async () => {
    await startBehind('a', 'b');
    const held = [await open(), await open()];
    const names = await Promise.all(held.map(ask));
    await balancer.drain('a');
    expect([await ask(await open()), await ask(await open())]).toEqual(['b', 'b']);
    expect(await Promise.all(held.map(ask))).toEqual(names);
  });

  it('removes a backend once its last connection has ended', async () => {
    await startBehind('a');
    const client = await open();
    await ask(client);
    let removed = false;
    const removing = balancer.remove('a', 60_000).then(() => {
      removed = true;
    });
    expect(await ask(client)).toBe('a');
    expect(removed).toBe(false);
    client.socket.end();
    await removing;
    expect(await balancer.backends()).toEqual([]);
    await balancer.remove('a');
  });

  it('resets what is left on a removed backend after the grace', async () => {
    await startBehind('a');
    const client = await open();
    await ask(client);
    await balancer.remove('a', 50);
    expect(await client.over).toBe('ECONNRESET');
    expect(await balancer.backends()).toEqual([]);
  });

  it('tries the next backend when one refuses', async () => {
    const [a] = await startBehind('a', 'b');
    await a!.die();
    // More than one, so that at least one would have been the dead one's turn.
    expect([await ask(await open()), await ask(await open())]).toEqual(['b', 'b']);
    expect((await backend('a'))?.healthy).toBe(false);
  });

  it('breaks the connections of a backend that dies, and uses it again when it is back', async () => {
    const [a] = await startBehind('a');
    const client = await open();
    await ask(client);
    await a!.die();
    expect(await client.over).toBeTruthy();
    await becomes('a', false);
    await startReplica('a', a!.port);
    await becomes('a', true);
    expect(await ask(await open())).toBe('a');
  });

  it('avoids a backend that says it is not ready, until it says it is', async () => {
    const [a] = await startBehind('a', 'b');
    a!.ready = false;
    await becomes('a', false);
    expect([await ask(await open()), await ask(await open())]).toEqual(['b', 'b']);
    a!.ready = true;
    await becomes('a', true);
    expect(await ask(await open())).toBe('a');
  });

  it('still uses backends when none is ready, but never a drained one', async () => {
    const [a, b] = await startBehind('a', 'b');
    a!.ready = false;
    b!.ready = false;
    await Promise.all([becomes('a', false), becomes('b', false)]);
    await balancer.drain('b');
    expect(await ask(await open())).toBe('a');
  });

  it('resets connections when no backend can be reached', async () => {
    expect(await (await open()).over).toBe('ECONNRESET');
    await balancer.add('nobody', { host, port: await freePort() });
    expect(await (await open()).over).toBe('ECONNRESET');
  });

  it('refuses a second backend of the same name', async () => {
    const [a] = await startBehind('a');
    await expect(balancer.add('a', { host, port: a!.port })).rejects.toMatchObject({ code: 'NETWORK_FAILED' });
  });
});
