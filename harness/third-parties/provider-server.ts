import { randomBytes } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { z } from 'zod';
import type { LedgerEntry } from '../domain/evidence.ts';
import type { Random } from '../domain/random.ts';
import type { Behaviour, ThirdParty } from '../domain/sandbox.ts';
import { sleep } from '../platform/clock.ts';
import type { Answer } from './answer.ts';
import { createIdempotencyKeys, type FirstAnswer } from './idempotency-keys.ts';
import { createOpenCalls } from './open-calls.ts';
import { type JsonRead, readJson } from './read-json.ts';

export interface Endpoint {
  readonly method: 'GET' | 'POST';
  /** Matched against the whole path; its first group is handed to `answer`. */
  readonly path: RegExp;
  /** What a call is about, answered or not: recorded as a `call` under each of these references when it ends. */
  about?(body: unknown): readonly string[];
  /** Decides and takes effect at once, however late the answer goes out. */
  answer(call: { readonly body: unknown; readonly id: string }): Answer;
}

/** What every third party is made of; a party adds its endpoints. */
export type ProviderServer = Omit<ThirdParty, 'name'> & {
  record(kind: string, reference: string, detail?: LedgerEntry['detail']): void;
};

/** How a partner's API refuses: a status and a JSON body with a stable code. */
export function refusal(status: number, code: string, message: string): Answer {
  return { status, body: { error: { code, message } } };
}

/** Answers 422 and names the first bad field, or hands the well-formed body on. */
export function whenValid<T>(schema: z.ZodType<T>, body: unknown, accept: (value: T) => Answer): Answer {
  const parsed = schema.safeParse(body);
  if (parsed.success) return accept(parsed.data);
  const issue = parsed.error.issues[0];
  return refusal(422, 'invalid_request', `${issue?.path.join('.') || 'body'}: ${issue?.message}`);
}

/** A new identifier such as `pay_3f0c…`; never repeats, also across resets. */
export function newId(prefix: string): string {
  return `${prefix}_${randomBytes(9).toString('hex')}`;
}

/**
 * Starts an HTTP API on a free port of 127.0.0.1 that keeps a ledger, honours `Idempotency-Key` on POST and can be told to misbehave.
 *
 * A request that is accepted takes effect before `latencyMs` passes, as when a partner did the work and answered late. A failing or hanging
 * request has no effect. A replayed key gets the first answer, not before that one goes out; with another body it is refused with 422.
 * @param options.random decides which requests fail
 */
export async function startProviderServer(options: {
  readonly endpoints: readonly Endpoint[];
  readonly random: Random;
}): Promise<ProviderServer> {
  const keys = createIdempotencyKeys();
  const hung = new Set<ServerResponse>();
  const closing = new AbortController();
  // Every request that waits listens to it.
  setMaxListeners(0, closing.signal);
  let entries: LedgerEntry[] = [];
  let behaviour: Behaviour = {};
  let received = 0;

  const record: ProviderServer['record'] = (kind, reference, detail) => {
    entries.push({ at: Date.now(), kind, reference, ...(detail && { detail }) });
  };

  const route = (method: string, path: string, body: unknown): Answer => {
    const matching = options.endpoints.filter((endpoint) => endpoint.path.test(path));
    const endpoint = matching.find((candidate) => candidate.method === method);
    if (matching.length === 0) return refusal(404, 'not_found', `There is nothing at ${path}`);
    if (!endpoint) return refusal(405, 'method_not_allowed', `${path} does not take ${method}`);
    return endpoint.answer({ body, id: endpoint.path.exec(path)?.[1] ?? '' });
  };

  const calls = createOpenCalls(record);
  const aboutOf = (request: IncomingMessage, read: JsonRead): readonly string[] => {
    if ('problem' in read) return [];
    const path = (request.url ?? '/').replace(/\?.*/s, '');
    return options.endpoints.find((endpoint) => endpoint.path.test(path))?.about?.(read.body) ?? [];
  };

  /** Takes effect, or finds what took effect before under the same key. */
  const decide = (request: IncomingMessage, read: JsonRead, due: Promise<void>): FirstAnswer => {
    if ('problem' in read) return { answer: refusal(read.status, 'invalid_request', read.problem), due };
    const method = request.method ?? 'GET';
    const path = (request.url ?? '/').replace(/\?.*/s, '');
    const key = method === 'POST' ? request.headers['idempotency-key']?.toString() : undefined;
    const first = keys.find(key, path, read.text);
    if (first === 'other-request') {
      return { answer: refusal(422, 'idempotency_key_reused', 'This key came with another request before'), due };
    }
    if (first) {
      record('replay', first.answer.reference ?? '', { key: key ?? '' });
      return { answer: first.answer, due: Promise.all([first.due, due]).then(() => {}) };
    }
    const answer = route(method, path, read.body);
    if (answer.reference !== undefined) keys.remember(key, path, read.text, { answer, due });
    return { answer, due };
  };

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    received += 1;
    const read = await readJson(request);
    const about = aboutOf(request, read);
    if (about.length > 0) calls.opened(response, about);
    const { hang, failing = 0, status = 503, latencyMs = 0 } = behaviour;
    if (hang) {
      hung.add(response);
      response.once('close', () => hung.delete(response));
      return;
    }
    const latency = latencyMs > 0 ? sleep(latencyMs, closing.signal) : Promise.resolve();
    const { answer, due } =
      options.random() < failing
        ? { answer: refusal(status, 'unavailable', 'The service cannot answer right now'), due: latency }
        : decide(request, read, latency);
    await due;
    if (response.destroyed) return;
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
  };

  const server = createServer((request, response) => {
    // Rejects only when the client hung up or the server is closing: nobody is left to answer.
    handle(request, response).catch(() => response.destroy());
  });
  // Longer than the app keeps idle connections, so that the app, not the partner, ends them: no resets that nobody asked for.
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });

  const behave = (next: Behaviour) => {
    behaviour = next;
    if (!next.hang) for (const response of hung) response.destroy();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    behave,
    record,
    ledger: () => [...entries],
    received: () => received,
    reset() {
      behave({});
      keys.clear();
      calls.forget();
      entries = [];
    },
    async close() {
      closing.abort();
      if (!server.listening) return;
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
