import { connect } from 'node:net';
import type { Ending } from '../recorder.ts';
import { createAnswerReader } from './answer-reader.ts';

/** One connection, kept alive, that carries one request at a time. */
export interface Connection {
  send(request: string | Buffer): void;
  /** Gives up whatever it carries. */
  destroy(): void;
}

export interface ConnectionEvents {
  /** The request was answered; the connection may carry the next one within the next `idleMs`. */
  onAnswered(status: number, idleMs: number): void;
  /** The connection is of no more use, told once. @param ending that of the request it carried, if it carried one */
  onGone(ending: Ending): void;
}

/** Read into by all connections of a thread: what arrives is looked at once and not kept. */
const received = Buffer.allocUnsafeSlow(64 * 1024);

/** Connects to the host and port of `target`. Errors are named as the operating system and k6 do; an answer that is no HTTP is `malformed`. */
export function openConnection(target: URL, { onAnswered, onGone }: ConnectionEvents): Connection {
  const reader = createAnswerReader();
  let carrying = false;
  let gone = false;
  const leave = (ending: Ending) => {
    if (gone) return;
    gone = true;
    socket.destroy();
    onGone(ending);
  };
  const read = (bytes: number) => {
    try {
      if (!carrying) throw new Error('an answer to no request');
      if (!reader.read(received.subarray(0, bytes))) return true;
    } catch {
      leave({ error: 'malformed' });
      return false;
    }
    carrying = false;
    const status = reader.status();
    const idleMs = reader.idleMs();
    if (idleMs > 0) onAnswered(status, idleMs);
    else leave({ status });
    return !gone;
  };
  const socket = connect({
    host: target.hostname,
    port: Number(target.port || 80),
    noDelay: true,
    onread: { buffer: received, callback: read },
  });
  const closed = () => leave(reader.endsWithConnection() ? { status: reader.status() } : { error: 'ECONNRESET' });
  socket.on('error', ({ code = 'ECONNRESET' }: NodeJS.ErrnoException) => leave({ error: code }));
  socket.on('end', closed);
  socket.on('close', closed);
  return {
    send: (request) => {
      carrying = true;
      socket.write(request, 'latin1');
    },
    destroy: closed,
  };
}
