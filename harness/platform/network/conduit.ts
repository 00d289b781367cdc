import type { Socket } from 'node:net';

/** What a conduit obeys, read anew at every step so that a change holds for bytes already on their way. */
export interface Conditions {
  /** How long each byte is kept back, milliseconds. */
  readonly latencyMs: number;
  /** While true, nothing passes. */
  readonly held: boolean;
}

/** One direction of a proxied connection. */
export interface Conduit {
  /** To be called when the conditions have changed. */
  refresh(): void;
  /** To be called when the connection is gone. */
  close(): void;
}

interface Kept {
  readonly arrivedAt: number;
  /** Undefined stands for the end of the stream. */
  readonly chunk: Buffer | undefined;
}

/** Bytes kept back at most before the sender is slowed down: 50 ms of latency at 160 MB/s. */
const keepAtMost = 8 * 1024 * 1024;

/**
 * Carries what `from` receives to `to`, in order, with back-pressure, and its end as a half-close.
 * Without latency each chunk is written in the turn in which it arrived. With latency chunks wait in one queue, and only its
 * head is ever released, so that bytes stay in order however the latency changes.
 * `onBytes` is told the size of each chunk received.
 */
export function createConduit(
  from: Socket,
  to: Socket,
  conditions: Conditions,
  onBytes: (bytes: number) => void,
): Conduit {
  const kept: Kept[] = [];
  let keptBytes = 0;
  let timer: NodeJS.Timeout | undefined;

  const steer = () => {
    if (conditions.held || to.writableNeedDrain || keptBytes > keepAtMost) from.pause();
    else if (from.isPaused()) from.resume();
  };
  const deliver = (chunk: Buffer | undefined) => {
    if (chunk === undefined) to.end();
    else if (to.writable && !to.write(chunk)) from.pause();
  };
  const release = () => {
    clearTimeout(timer);
    timer = undefined;
    for (let head = kept[0]; head !== undefined && !conditions.held; head = kept[0]) {
      const early = head.arrivedAt + conditions.latencyMs - performance.now();
      if (early > 0) {
        timer = setTimeout(release, early);
        break;
      }
      kept.shift();
      keptBytes -= head.chunk?.length ?? 0;
      deliver(head.chunk);
    }
    steer();
  };
  const take = (chunk: Buffer | undefined) => {
    if (kept.length === 0 && conditions.latencyMs === 0 && !conditions.held) {
      deliver(chunk);
      return;
    }
    kept.push({ arrivedAt: performance.now(), chunk });
    keptBytes += chunk?.length ?? 0;
    if (timer === undefined) release();
    else steer();
  };

  from.on('data', (chunk: Buffer) => {
    onBytes(chunk.length);
    take(chunk);
  });
  from.on('end', () => take(undefined));
  to.on('drain', steer);
  steer();

  return {
    refresh: release,
    close: () => {
      clearTimeout(timer);
      kept.length = 0;
    },
  };
}
