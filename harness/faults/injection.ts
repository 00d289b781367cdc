import { environmentError } from '../domain/errors.ts';
import type { Injection } from '../domain/fault.ts';
import { sleep } from '../platform/clock.ts';

/** How sockets, PostgreSQL (SQLSTATE 57P01 to 57P03: shut down, crashed, not accepting) and clients say that nobody is there any more. */
const goneCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT', '57P01', '57P02', '57P03']);
const goneMessage = /\bclosed\b|connection terminated/i;

function isGone(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.every(isGone);
  const { code, message } = error as { code?: unknown; message?: unknown };
  return goneCodes.has(String(code)) || goneMessage.test(String(message));
}

/**
 * Makes an injection keep its contract: `undo` runs once however often it is called, ends in time, and succeeds when the service it
 * acted on is gone; a witness that can't observe has seen nothing.
 * @param undoMs longest time the undo may take, milliseconds
 */
export function injection(parts: Injection, undoMs = 10_000): Injection {
  let undone: Promise<void> | undefined;
  const undo = async () => {
    const done = new AbortController();
    const late = sleep(undoMs, done.signal).then(() => {
      throw environmentError('UNDO_TIMED_OUT', `Taking the fault back took longer than ${undoMs} ms`);
    });
    try {
      await Promise.race([parts.undo(), late]);
    } catch (error) {
      if (!isGone(error)) throw error;
    } finally {
      late.catch(() => {});
      done.abort();
    }
  };
  return {
    ...parts,
    witness: () => parts.witness().catch(() => undefined),
    undo: () => (undone ??= undo()),
  };
}

/** The undo of what can't be taken back or has already passed. */
export async function nothingToUndo(): Promise<void> {}
