import type { PreparedRequest } from '../numbered-requests.ts';
import type { Ending } from '../recorder.ts';
import { type Connection, openConnection } from './connection.ts';
import { createRequestText } from './request-text.ts';

/** @param intendedAt when the request should have started, on the clock of `performance.now()` */
export type Ended = (request: PreparedRequest, intendedAt: number, ending: Ending) => void;

export interface HttpClient {
  /**
   * Sends without waiting: `ended` is called exactly once for each request, unless the client is closed before.
   * To be called by `setImmediate`, when all that has arrived was looked at: a connection that the server has just closed would be taken for a free one.
   */
  send(request: PreparedRequest, intendedAt: number): void;
  inFlight(): number;
  /** Ends what has waited longer than the timeout, with the error `timeout`. Has to be called every few milliseconds. */
  expire(now: number): void;
  close(): void;
}

/** A request on its way. */
interface Exchange {
  readonly request: PreparedRequest;
  readonly intendedAt: number;
  /** What carries it; undefined while it waits for a connection. */
  lane: Lane | undefined;
}

/** A connection and what it carries; opened when first needed. */
interface Lane {
  readonly connection: Connection;
  exchange: Exchange | undefined;
  /** Until when it may be used again, when it carries nothing. */
  idleUntil: number;
}

/**
 * An HTTP/1.1 client over kept-alive connections. A request that finds no free connection waits for one, and its latency includes the wait.
 * It is written for this engine because a general one spends twice the time on a request: this one throws answers away, and sends
 * headers that it has written before.
 *
 * @param timeoutMs longest wait for the end of an answer, from the intended start
 */
export function createHttpClient(
  target: URL,
  options: { readonly connections: number; readonly timeoutMs: number },
  ended: Ended,
): HttpClient {
  const textOf = createRequestText(target);
  const lanes = new Set<Lane>();
  // The one used last is taken first, as in any pool: those too many for the load stay idle, at the front.
  const idle: Lane[] = [];
  // In the order of intended starts, because that is the order of sending.
  const unended = new Set<Exchange>();
  const queued = new Set<Exchange>();

  const settle = (exchange: Exchange, ending: Ending) => {
    if (unended.delete(exchange)) ended(exchange.request, exchange.intendedAt, ending);
  };
  const carry = (lane: Lane, exchange: Exchange) => {
    lane.exchange = exchange;
    exchange.lane = lane;
    lane.connection.send(textOf(exchange.request));
  };
  const firstQueued = () => {
    for (const exchange of queued) {
      queued.delete(exchange);
      return exchange;
    }
    return undefined;
  };
  let soon = false;
  // After all answers that have arrived are read: sending in between would make the later ones look late.
  const carryQueuedSoon = () => {
    if (!soon) setImmediate(carryQueued);
    soon = true;
  };
  const carryQueued = () => {
    soon = false;
    for (let lane = freeLane(); lane; lane = freeLane()) carry(lane, firstQueued()!);
  };
  const freeLane = () => (queued.size > 0 ? idle.pop() : undefined);
  const openLane = () => {
    const connection = openConnection(target, {
      onAnswered: (status, idleMs) => {
        settle(lane.exchange!, { status });
        lane.exchange = undefined;
        lane.idleUntil = performance.now() + idleMs;
        idle.push(lane);
        if (queued.size > 0) carryQueuedSoon();
      },
      onGone: (ending) => {
        lanes.delete(lane);
        if (lane.exchange) settle(lane.exchange, ending);
        else idle.splice(idle.indexOf(lane), 1);
        const next = firstQueued();
        if (next) carry(openLane(), next);
      },
    });
    const lane: Lane = { connection, exchange: undefined, idleUntil: 0 };
    lanes.add(lane);
    return lane;
  };

  return {
    send: (request, intendedAt) => {
      const exchange: Exchange = { request, intendedAt, lane: undefined };
      unended.add(exchange);
      const lane =
        queued.size > 0 ? undefined : (idle.pop() ?? (lanes.size < options.connections ? openLane() : undefined));
      if (lane) carry(lane, exchange);
      else queued.add(exchange);
    },
    inFlight: () => unended.size,
    expire: (now) => {
      const late: Exchange[] = [];
      for (const exchange of unended) {
        if (now - exchange.intendedAt < options.timeoutMs) break;
        late.push(exchange);
      }
      for (const exchange of late) {
        queued.delete(exchange);
        settle(exchange, { error: 'timeout' });
      }
      // Only now: each connection that goes makes room for one that waits, which should not be one of these.
      for (const { lane } of late) lane?.connection.destroy();
      while (idle[0] && idle[0].idleUntil < now) idle[0].connection.destroy();
    },
    close: () => {
      unended.clear();
      queued.clear();
      for (const { connection } of lanes) connection.destroy();
    },
  };
}
