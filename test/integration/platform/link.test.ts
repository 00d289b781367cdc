import { createHash, randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Link } from '../../../harness/domain/sandbox.ts';
import { sleep, until } from '../../../harness/platform/clock.ts';
import { type Network, startNetwork } from '../../../harness/platform/network/network.ts';
import { freePort } from '../../../harness/platform/ports.ts';
import { connectTo, serveTcp, type TestClient, type TestServer } from './tcp.ts';

const patience = { timeoutMs: 10_000, everyMs: 5 };
const echo = (socket: Socket) => socket.on('data', (chunk) => socket.write(chunk)).on('end', () => socket.end());

let network: Network;
beforeAll(() => {
  network = startNetwork();
});
afterAll(() => network.close());

const opened: { close(): Promise<void> }[] = [];
const clients: TestClient[] = [];
afterEach(async () => {
  for (const { socket } of clients.splice(0)) socket.destroy();
  for (const thing of opened.splice(0).reverse()) await thing.close();
});

async function linkTo(
  onSocket: (socket: Socket) => void,
): Promise<{ readonly link: Link; readonly server: TestServer }> {
  const server = await serveTcp(onSocket);
  const link = await network.link('test', server);
  opened.push(server, link);
  return { link, server };
}

async function clientOf(link: Link): Promise<TestClient> {
  const client = await connectTo(link.port);
  clients.push(client);
  return client;
}

async function ask(client: TestClient, text: string): Promise<void> {
  const before = client.received().length;
  client.socket.write(text);
  await until(`the echo of ${text}`, () => client.received().subarray(before).toString() === text, patience);
}

describe('a link', () => {
  it('passes bytes both ways, unchanged, with the half-close, and counts them', async () => {
    const { link } = await linkTo(echo);
    const client = await clientOf(link);
    const sent = randomBytes(5_000_000);
    client.socket.end(sent);
    expect(await client.over).toBe('end');
    const digest = (bytes: Buffer) => createHash('sha1').update(bytes).digest('hex');
    expect(digest(client.received())).toBe(digest(sent));
    await until('it to be forgotten', async () => (await link.stats()).open === 0, patience);
    expect(await link.stats()).toEqual({
      open: 0,
      accepted: 1,
      bytes: 2 * sent.length,
      latencyMs: 0,
      partitioned: false,
    });
  });

  it('keeps the order of bytes while the latency changes', async () => {
    const lines = 400;
    const { link } = await linkTo(async (socket) => {
      for (let line = 0; line < lines && !socket.destroyed; line++) {
        socket.write(`${line}\n`);
        if (line % 4 === 0) await sleep(1);
      }
      socket.end();
    });
    const client = await clientOf(link);
    let over = false;
    void client.over.then(() => {
      over = true;
    });
    for (const ms of [20, 0, 5, 0, 50, 1, 0, 10]) {
      await link.setLatency(ms);
      await sleep(over ? 0 : 15);
    }
    expect(await client.over).toBe('end');
    expect(client.received().toString()).toBe(Array.from({ length: lines }, (_, line) => `${line}\n`).join(''));
  });

  it('delays answers by its latency, and only answers', async () => {
    const heard: number[] = [];
    const { link } = await linkTo((socket) =>
      socket.on('data', (chunk) => {
        heard.push(performance.now());
        socket.write(chunk);
      }),
    );
    const client = await clientOf(link);
    await ask(client, 'warm');
    await link.setLatency(300);
    const sentAt = performance.now();
    await ask(client, 'late');
    const answeredAt = performance.now();
    expect(answeredAt - sentAt).toBeGreaterThanOrEqual(300);
    // Were the question delayed as well, the two would be equal.
    expect(heard[1]! - sentAt).toBeLessThan((answeredAt - heard[1]!) / 2);
    await link.setLatency(0);
    await ask(client, 'soon');
  });

  it('slows the sender down instead of keeping everything when the receiver does not read', async () => {
    let written = 0;
    const { link } = await linkTo((socket) => {
      const fill = () => {
        while (!socket.destroyed && !socket.writableNeedDrain) {
          socket.write(Buffer.alloc(65_536));
          written += 65_536;
        }
      };
      socket.on('drain', fill);
      fill();
    });
    for (const latency of [0, 20]) {
      await link.setLatency(latency);
      written = 0;
      const client = await clientOf(link);
      client.socket.pause();
      let before = -1;
      await until(
        'the sender to stall',
        async () => {
          const stalled = written === before;
          before = written;
          await sleep(150);
          return stalled && written === before;
        },
        patience,
      );
      client.socket.resume();
      await until('the sender to go on', () => written > before, patience);
      client.socket.destroy();
    }
  });

  it('resets every connection on both sides and accepts new ones', async () => {
    const { link, server } = await linkTo(echo);
    const both = [await clientOf(link), await clientOf(link)];
    for (const client of both) await ask(client, 'hello');
    expect(await link.reset()).toBe(2);
    expect(await Promise.all(both.map((client) => client.over))).toEqual(['ECONNRESET', 'ECONNRESET']);
    await until('the service to see it', () => server.sockets.every((socket) => socket.errored !== null), patience);
    await ask(await clientOf(link), 'again');
  });

  it('lets nothing pass during a partition, and everything after it', async () => {
    const { link, server } = await linkTo(echo);
    const client = await clientOf(link);
    await ask(client, 'before');
    await link.setPartitioned(true);
    client.socket.write('|during');
    const late = await clientOf(link);
    late.socket.write('late');
    await sleep(100);
    expect(client.received().toString()).toBe('before');
    expect(server.sockets).toHaveLength(1);
    expect(await link.stats()).toMatchObject({ open: 2, partitioned: true, bytes: 12 });
    await link.setPartitioned(false);
    await until('the rest', () => client.received().toString() === 'before|during', patience);
    await until('the new one', () => late.received().toString() === 'late', patience);
  });

  it('holds answers that were already on their way when a partition begins', async () => {
    const { link } = await linkTo(echo);
    const client = await clientOf(link);
    await ask(client, 'warm');
    await link.setLatency(50);
    client.socket.write('|held');
    await until('the answer to be on its way', async () => (await link.stats()).bytes === 18, patience);
    await link.setPartitioned(true);
    await sleep(150);
    expect(client.received().toString()).toBe('warm');
    await link.setPartitioned(false);
    await until('the answer', () => client.received().toString() === 'warm|held', patience);
  });

  it('resets those waiting behind a partition too', async () => {
    const { link } = await linkTo(echo);
    await link.setPartitioned(true);
    const client = await clientOf(link);
    await until('it to be accepted', async () => (await link.stats()).open === 1, patience);
    expect(await link.reset()).toBe(1);
    expect(await client.over).toBe('ECONNRESET');
  });

  it('passes on that the service is gone, and that it breaks', async () => {
    const nobody = await network.link('nobody', { host: '127.0.0.1', port: await freePort() });
    opened.push(nobody);
    expect(await (await clientOf(nobody)).over).toBe('ECONNRESET');
    const { link } = await linkTo((socket) => socket.on('data', () => socket.resetAndDestroy()));
    const client = await clientOf(link);
    client.socket.write('now');
    expect(await client.over).toBe('ECONNRESET');
  });
});

describe('a closed network', () => {
  it('frees its ports and refuses further calls', async () => {
    const server = await serveTcp(echo);
    const closing = startNetwork();
    const link = await closing.link('test', server);
    const client = await connectTo(link.port);
    await closing.close();
    await closing.close();
    await client.over;
    await expect(connectTo(link.port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await expect(link.stats()).rejects.toMatchObject({ code: 'NETWORK_FAILED' });
    await server.close();
  });

  it('closes while connections are being made, half-closed and stuck', async () => {
    const stuck = await serveTcp((socket) => socket.pause());
    const closing = startNetwork();
    const link = await closing.link('stuck', stuck);
    const ending = await Promise.all([connectTo(link.port), connectTo(link.port), connectTo(link.port)]);
    for (const client of ending) client.socket.end(Buffer.alloc(8_000_000));
    await until(
      'the service to be stuck',
      async () => {
        const { bytes } = await link.stats();
        await sleep(100);
        return bytes > 0 && (await link.stats()).bytes === bytes;
      },
      patience,
    );
    for (const client of ending) client.socket.end();
    const unsent = await connectTo(link.port);
    unsent.socket.write('x');
    await until('all to be accepted', async () => (await link.stats()).accepted === 4, patience);
    expect(await link.reset()).toBe(4);
    await Promise.all([...ending, unsent].map((client) => client.over));
    await until('all to be forgotten', async () => (await link.stats()).open === 0, patience);
    await connectTo(link.port).then((client) => client.socket.end());
    await closing.close();
    await stuck.close();
  });
});
