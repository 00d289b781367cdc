import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHttpClient, type HttpClient } from '../../../harness/engines/embedded/http-client.ts';
import type { PreparedRequest } from '../../../harness/engines/numbered-requests.ts';
import type { Ending } from '../../../harness/engines/recorder.ts';
import { until } from '../../../harness/platform/clock.ts';

const get: PreparedRequest = { index: 0, method: 'GET', path: '/a', headers: ['accept', '*/*'], body: undefined };
const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}';

describe('http client', () => {
  let server: Server;
  let sockets: Socket[];
  let asked: string[];
  let reply: (socket: Socket) => void;
  let client: HttpClient;
  let endings: Ending[];

  beforeEach(async () => {
    sockets = [];
    asked = [];
    endings = [];
    reply = (socket) => socket.write(answer);
    server = createServer((socket) => {
      sockets.push(socket);
      socket.on('error', () => {});
      socket.on('data', (bytes) => {
        asked.push(bytes.toString());
        reply(socket);
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const target = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/base/`);
    client = createHttpClient(target, { connections: 2, timeoutMs: 1000 }, (_, __, ending) => endings.push(ending));
  });
  afterEach(async () => {
    client.close();
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  });

  const send = (request = get) => client.send(request, performance.now());
  const ended = (count: number) =>
    until(`${count} endings`, async () => endings.length === count, { timeoutMs: 5000, everyMs: 5 });
  const ask = async (request = get): Promise<Ending> => {
    send(request);
    await ended(endings.length + 1);
    return endings.at(-1)!;
  };

  it('writes what HTTP/1.1 asks for', async () => {
    await ask();
    await ask({ ...get, method: 'POST', headers: ['host', 'shop', 'x-name', 'Zoë'], body: '{"name":"Zoë"}' });
    await ask({ ...get, method: 'PUT' });
    const { host } = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    expect(asked[0]).toBe(`GET /base/a HTTP/1.1\r\nhost: ${host}\r\naccept: */*\r\n\r\n`);
    const [head, body] = asked[1]!.split('\r\n\r\n');
    expect(head!.split('\r\n').slice(1)).toEqual([
      'host: shop',
      expect.stringMatching(/^x-name: /),
      'content-length: 15',
    ]);
    expect(body).toBe('{"name":"Zoë"}');
    expect(asked[2]).toContain('accept: */*\r\ncontent-length: 0\r\n\r\n');
  });

  it('keeps a connection as long as it is of use', async () => {
    await ask();
    await ask();
    expect(sockets).toHaveLength(1);
    reply = (socket) => socket.write(answer.replace('\r\n', '\r\nConnection: close\r\n'));
    await ask();
    reply = (socket) => socket.write(answer);
    await ask();
    expect(sockets).toHaveLength(2);
    client.expire(performance.now() + 10_000);
    await ask();
    expect(sockets).toHaveLength(3);
    expect(endings).toEqual(Array.from({ length: 5 }, () => ({ status: 200 })));
  });

  it('lets requests wait when there are more than connections', async () => {
    for (let count = 0; count < 9; count++) send();
    expect(client.inFlight()).toBe(9);
    await ended(9);
    expect(sockets).toHaveLength(2);
    expect(client.inFlight()).toBe(0);
  });

  it('gives every waiting request its ending when connections break', async () => {
    reply = (socket) => socket.destroy();
    for (let count = 0; count < 5; count++) send();
    await ended(5);
    expect(endings).toEqual(Array.from({ length: 5 }, () => ({ error: 'ECONNRESET' })));
  });

  it('gives up what takes too long, waiting or sent, and nothing else', async () => {
    reply = () => {};
    for (let count = 0; count < 5; count++) send();
    const later = performance.now() + 500;
    client.send(get, later);
    client.expire(later + 999);
    expect(endings).toEqual(Array.from({ length: 5 }, () => ({ error: 'timeout' })));
    reply = (socket) => socket.write(answer);
    await ended(6);
    expect(endings[5]).toEqual({ status: 200 });
  });

  it('takes the end of the connection for the end of an answer that has no other', async () => {
    reply = (socket) => socket.end('HTTP/1.1 200 OK\r\n\r\nall of it');
    expect(await ask()).toEqual({ status: 200 });
    reply = (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nnot all of it');
    expect(await ask()).toEqual({ error: 'ECONNRESET' });
  });

  it('is not put out of step by bytes that it did not ask for', async () => {
    reply = (socket) => socket.write('ready\r\n\r\n');
    expect(await ask()).toEqual({ error: 'malformed' });
    reply = (socket) => socket.write(answer);
    await ask();
    sockets.at(-1)!.write('HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n');
    await once(sockets.at(-1)!, 'close');
    expect(await ask()).toEqual({ status: 200 });
    expect(sockets).toHaveLength(3);
  });

  it('leaves a connection that the server has closed', async () => {
    await ask();
    sockets[0]!.end();
    await once(sockets[0]!, 'close');
    expect(await ask()).toEqual({ status: 200 });
    expect(sockets).toHaveLength(2);
  });
});
