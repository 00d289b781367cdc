import { request as httpRequest, type IncomingMessage } from 'node:http';
import { ExitCode as codes, type ExitCode, environmentError, GamedayError } from '../../domain/errors.ts';
import type { JournalEvent } from '../../domain/journal.ts';
import type { ActionName, ActionResults } from './actions.ts';
import type { ControlAddress } from './control-file.ts';
import type { ControlState } from './control-server.ts';

export interface ControlClient {
  state(options?: { readonly timeoutMs?: number }): Promise<ControlState>;
  act<Name extends ActionName>(name: Name, body?: Readonly<Record<string, string>>): Promise<ActionResults[Name]>;
  /** Events written after `afterSeq` (default: all), until the game day or `signal` ends them. */
  events(options?: { readonly afterSeq?: number; readonly signal?: AbortSignal }): AsyncGenerator<JournalEvent>;
}

/** Talks to a running game day. What it refuses is thrown as the GamedayError it was; without an answer, `GAME_DAY_GONE`. */
export function controlClient(address: ControlAddress): ControlClient {
  async function call<T>(method: string, path: string, body?: unknown, timeoutMs?: number): Promise<T> {
    const response = await open(address, {
      method,
      path,
      body,
      ...(timeoutMs !== undefined && { signal: AbortSignal.timeout(timeoutMs) }),
    });
    const text = await textOf(response);
    if (response.statusCode === 200) return JSON.parse(text) as T;
    const { error } = JSON.parse(text) as {
      error: { code: string; message: string; hint?: string; exitCode?: ExitCode };
    };
    throw new GamedayError({ ...error, exitCode: error.exitCode ?? codes.internal });
  }
  return {
    state: ({ timeoutMs } = {}) => call('GET', '/v1/state', undefined, timeoutMs),
    act: (name, body = {}) => call('POST', `/v1/${name}`, body),
    async *events({ afterSeq = 0, signal } = {}) {
      const headers = { 'last-event-id': String(afterSeq) };
      const response = await open(address, { method: 'GET', path: '/v1/events', headers, ...(signal && { signal }) });
      try {
        yield* parseEvents(response);
      } catch (error) {
        if (!signal?.aborted) throw error;
      } finally {
        response.destroy();
      }
    },
  };
}

interface Call {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** No time limit of its own: a submission takes minutes, and the connection breaks when the game day dies. */
function open({ url, token }: ControlAddress, { method, path, body, headers, signal }: Call): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const payload = body === undefined ? undefined : JSON.stringify(body);
    const request = httpRequest(new URL(path, url), {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(payload !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(signal && { signal }),
    });
    request.once('response', resolve);
    request.once('error', (cause) =>
      reject(environmentError('GAME_DAY_GONE', 'The game day does not answer (any more).', 'gameday status', cause)),
    );
    request.end(payload);
  });
}

async function textOf(response: IncomingMessage): Promise<string> {
  let text = '';
  response.setEncoding('utf8');
  for await (const chunk of response) text += chunk;
  return text;
}

async function* parseEvents(response: IncomingMessage): AsyncGenerator<JournalEvent> {
  response.setEncoding('utf8');
  let rest = '';
  for await (const chunk of response) {
    const blocks = (rest + chunk).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const data = block.split('\n').find((line) => line.startsWith('data: '));
      if (data !== undefined) yield JSON.parse(data.slice('data: '.length)) as JournalEvent;
    }
  }
}
