import { type Dispatcher, Pool } from 'undici';
import type { PreparedRequest } from '../numbered-requests.ts';
import type { Ending } from '../recorder.ts';

/** @param intendedAt when the request should have started, on the clock of `performance.now()` */
export type Ended = (request: PreparedRequest, intendedAt: number, ending: Ending) => void;

export interface HttpClient {
  /** Sends without waiting: `ended` is called exactly once for each request, unless the client is closed before. */
  send(request: PreparedRequest, intendedAt: number): void;
  inFlight(): number;
  /** Ends what has waited longer than the timeout, with the error `timeout`. Has to be called every few milliseconds. */
  expire(now: number): void;
  close(): Promise<void>;
}

/** Names transport errors as the operating system and k6 do, whatever the HTTP library calls them. */
function errorKind(error: Error & { code?: string }): string {
  if (error.code === 'UND_ERR_SOCKET') return 'ECONNRESET';
  if (error.code === 'UND_ERR_CONNECT_TIMEOUT') return 'timeout';
  return error.code ?? error.name;
}

/**
 * A request on its way. A class, because tens of thousands per second need their methods on a prototype; and with the handler methods that the
 * library's connections call directly: the newer ones are reached through an adapter that parses every header and costs 15 % of the throughput.
 */
class Exchange implements Dispatcher.DispatchHandler {
  readonly request: PreparedRequest;
  readonly intendedAt: number;
  readonly settle: (exchange: Exchange, ending: Ending) => void;
  abort: ((reason: Error) => void) | undefined;
  abandoned = false;
  status = 0;

  constructor(request: PreparedRequest, intendedAt: number, settle: Exchange['settle']) {
    this.request = request;
    this.intendedAt = intendedAt;
    this.settle = settle;
  }

  onConnect(abort: (reason?: Error) => void): void {
    this.abort = abort;
    if (this.abandoned) abort(new Error('timeout'));
  }

  onHeaders(status: number): boolean {
    this.status = status;
    return true;
  }

  // The body is read and thrown away.
  onData(): boolean {
    return true;
  }

  onComplete(): void {
    this.settle(this, { status: this.status });
  }

  onError(error: Error): void {
    this.settle(this, { error: errorKind(error) });
  }

  /** Gives up, also when it is still waiting for a free connection. */
  abandon(): void {
    this.abandoned = true;
    this.abort?.(new Error('timeout'));
  }
}

/**
 * An HTTP/1.1 client over kept-alive connections. A request that finds no free connection waits for one, and its latency includes the wait.
 *
 * @param timeoutMs longest wait for the end of an answer, from the intended start
 */
export function createHttpClient(
  target: URL,
  options: { readonly connections: number; readonly timeoutMs: number },
  ended: Ended,
): HttpClient {
  // The library's own timeouts are half a second coarse, so they are off and `expire` does it.
  const pool = new Pool(target.origin, {
    connections: options.connections,
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: options.timeoutMs },
  });
  // In the order of intended starts, because that is the order of sending.
  const waiting = new Set<Exchange>();

  const settle = (exchange: Exchange, ending: Ending) => {
    if (waiting.delete(exchange)) ended(exchange.request, exchange.intendedAt, ending);
  };
  const basePath = target.pathname === '/' ? '' : target.pathname.replace(/\/$/, '');

  return {
    send: (request, intendedAt) => {
      const exchange = new Exchange(request, intendedAt, settle);
      waiting.add(exchange);
      const { method, headers, body } = request;
      pool.dispatch({ path: basePath + request.path, method, headers, body: body ?? null }, exchange);
    },
    inFlight: () => waiting.size,
    expire: (now) => {
      for (const exchange of waiting) {
        if (now - exchange.intendedAt < options.timeoutMs) break;
        settle(exchange, { error: 'timeout' });
        exchange.abandon();
      }
    },
    close: async () => {
      waiting.clear();
      await pool.destroy();
    },
  };
}
