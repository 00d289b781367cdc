import { Client, type Dispatcher } from 'undici';
import type { PreparedRequest } from './request-sequence.ts';

/** How a request ended: with an answer whose body was read to its end, or with the kind of error that kept it from coming. */
export type Ending = { readonly status: number } | { readonly error: string };

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

/** A request that has not ended. */
interface Exchange {
  readonly request: PreparedRequest;
  readonly intendedAt: number;
  /** The connection it was given to; undefined while it waits for one. */
  lane: Lane | undefined;
}

/**
 * One connection, made when it is first needed and again after it broke. It handles its requests itself, because tens of thousands per second
 * should not need an object and four functions each; and with the handler methods that the library calls directly: the newer ones are reached
 * through an adapter that parses every header and costs 15 % of the throughput.
 */
class Lane implements Dispatcher.DispatchHandler {
  readonly client: Client;
  readonly settle: (exchange: Exchange, ending: Ending) => void;
  readonly free: (lane: Lane) => void;
  exchange: Exchange | undefined;
  abort: ((reason: Error) => void) | undefined;
  abandoned = false;
  status = 0;

  constructor(client: Client, settle: Lane['settle'], free: Lane['free']) {
    this.client = client;
    this.settle = settle;
    this.free = free;
  }

  send(exchange: Exchange, basePath: string): void {
    exchange.lane = this;
    this.exchange = exchange;
    this.abort = undefined;
    this.abandoned = false;
    const { method, path, headers, body } = exchange.request;
    this.client.dispatch({ path: basePath + path, method, headers, body: body ?? null }, this);
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
    this.settle(this.exchange!, { status: this.status });
    this.free(this);
  }

  onError(error: Error): void {
    this.settle(this.exchange!, { error: errorKind(error) });
    // Not before the library has put the broken connection away.
    setImmediate(this.free, this);
  }

  /** Gives up, also when the connection is still being made. */
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
  const lanes: Lane[] = [];
  // The one used last comes first, as in any pool: those too many for the load stay idle.
  const idle: Lane[] = [];
  // In the order of intended starts, because that is the order of sending.
  const unended = new Set<Exchange>();
  const queued = new Set<Exchange>();
  const basePath = target.pathname === '/' ? '' : target.pathname.replace(/\/$/, '');

  const settle = (exchange: Exchange, ending: Ending) => {
    if (unended.delete(exchange)) ended(exchange.request, exchange.intendedAt, ending);
  };
  const free = (lane: Lane) => {
    for (const exchange of queued) {
      queued.delete(exchange);
      lane.send(exchange, basePath);
      return;
    }
    idle.push(lane);
  };
  const newLane = () => {
    // The library's own timeouts are half a second coarse, so they are off and `expire` does it.
    const client = new Client(target.origin, {
      pipelining: 1,
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: { timeout: options.timeoutMs },
    });
    const lane = new Lane(client, settle, free);
    lanes.push(lane);
    return lane;
  };

  return {
    send: (request, intendedAt) => {
      const exchange: Exchange = { request, intendedAt, lane: undefined };
      unended.add(exchange);
      const lane = idle.pop() ?? (lanes.length < options.connections ? newLane() : undefined);
      if (lane) lane.send(exchange, basePath);
      else queued.add(exchange);
    },
    inFlight: () => unended.size,
    expire: (now) => {
      for (const exchange of unended) {
        if (now - exchange.intendedAt < options.timeoutMs) break;
        queued.delete(exchange);
        settle(exchange, { error: 'timeout' });
        exchange.lane?.abandon();
      }
    },
    close: async () => {
      unended.clear();
      queued.clear();
      await Promise.all(lanes.map(({ client }) => client.destroy()));
    },
  };
}
