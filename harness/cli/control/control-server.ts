import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ExitCode, GamedayError, messageOf } from '../../domain/errors.ts';
import type { GameDay, GameDayState } from '../../domain/game-day.ts';
import type { Journal, LiveSample } from '../../domain/journal.ts';
import { type ActionName, actions } from './actions.ts';
import { removeControlFile, writeControlFile } from './control-file.ts';
import { streamEvents } from './event-stream.ts';
import { readBody } from './read-body.ts';
import { refusalOf } from './request-guard.ts';

export interface ControlServer {
  readonly url: string;
  readonly token: string;
  /** Lets answers under way finish, ends event streams, removes the address file. Idempotent. */
  close(): Promise<void>;
}

/** What `GET /v1/state` answers. */
export interface ControlState extends GameDayState {
  readonly directory: string;
  /** The latest figures; absent before the first. */
  readonly live?: LiveSample;
}

/** How long `close` waits for answers under way, milliseconds. */
const closeGraceMs = 2_000;

/**
 * Lets other terminals (and a console) act in this game day over HTTP on 127.0.0.1, on a port of its own and with a token, and leaves the
 * address in `control.json` of the run's directory.
 */
export async function startControlServer(
  gameDay: GameDay,
  journal: Journal,
  directory: string,
): Promise<ControlServer> {
  const token = randomBytes(24).toString('base64url');
  let live: LiveSample | undefined;
  const unfollow = journal.follow((event) => {
    if (event.type === 'live.sampled') live = event.sample;
  });
  const streams = new Set<ServerResponse>();

  const server = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) => sendProblem(response, error));
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refusal = refusalOf(request, port, token);
    if (refusal !== undefined) {
      const { status, code, message, hint } = refusal;
      return send(response, status, { error: { code, message, hint } });
    }
    const route = `${request.method} ${new URL(request.url ?? '/', 'http://127.0.0.1').pathname}`;
    if (route === 'GET /v1/state') {
      return send(response, 200, { ...gameDay.state(), directory, live } satisfies ControlState);
    }
    if (route === 'GET /v1/events') {
      streams.add(response);
      response.on('close', () => streams.delete(response));
      return streamEvents(request, response, journal);
    }
    const action = /^POST \/v1\/([a-z]+)$/.exec(route)?.[1];
    if (action === undefined || !Object.hasOwn(actions, action)) {
      return send(response, 404, { error: { code: 'ROUTE_UNKNOWN', message: `There is no ${route}.` } });
    }
    send(response, 200, await actions[action as ActionName](gameDay, await readBody(request)));
  }

  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  writeControlFile(directory, { url, token, pid: process.pid });

  let closing: Promise<void> | undefined;
  async function close(): Promise<void> {
    removeControlFile(directory);
    unfollow();
    for (const stream of streams) stream.end();
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeIdleConnections();
    const late = setTimeout(() => server.closeAllConnections(), closeGraceMs);
    await closed;
    clearTimeout(late);
  }
  return { url, token, close: () => (closing ??= close()) };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  // One request per connection: a connection kept alive would hold up `close`, and callers ask once.
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    connection: 'close',
  });
  response.end(text);
}

/** Which HTTP status stands for an exit code. */
const statuses: Readonly<Partial<Record<ExitCode, number>>> = {
  [ExitCode.usage]: 422,
  [ExitCode.environment]: 503,
  [ExitCode.objectivesNotMet]: 409,
};

function sendProblem(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { code, message, hint, exitCode } = error instanceof GamedayError ? error : defect(error);
  const status = code === 'BODY_TOO_LARGE' ? 413 : (statuses[exitCode] ?? 500);
  send(response, status, { error: { code, message, hint, exitCode } });
}

function defect(error: unknown) {
  return { code: 'INTERNAL', message: messageOf(error), hint: undefined, exitCode: ExitCode.internal };
}
