import { environmentError } from '../domain/errors.ts';

interface FailedUndo {
  readonly name: string;
  readonly error: unknown;
}

/** What has to be taken back, last done first. */
export interface UndoStack {
  push(name: string, undo: () => Promise<void> | void): void;
  /**
   * Runs every undo in reverse order, each at most once and for at most the bound, also when others fail.
   * Never rejects: resolves to those that failed. A call while one is under way gets that one's result.
   */
  unwind(): Promise<readonly FailedUndo[]>;
}

interface Entry {
  readonly name: string;
  readonly undo: () => Promise<void> | void;
}

/** An empty undo stack. `boundMs`: how long one undo may take before the next one runs, milliseconds. */
export function createUndoStack(boundMs = 15_000): UndoStack {
  const entries: Entry[] = [];
  let unwinding: Promise<readonly FailedUndo[]> | undefined;

  async function runAll(): Promise<readonly FailedUndo[]> {
    const failed: FailedUndo[] = [];
    for (let entry = entries.pop(); entry !== undefined; entry = entries.pop()) {
      try {
        await bounded(entry, boundMs);
      } catch (error) {
        failed.push({ name: entry.name, error });
      }
    }
    return failed;
  }

  return {
    push: (name, undo) => {
      entries.push({ name, undo });
    },
    unwind: () => {
      unwinding ??= runAll().finally(() => {
        unwinding = undefined;
      });
      return unwinding;
    },
  };
}

async function bounded({ name, undo }: Entry, boundMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const expiry = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(environmentError('UNDO_TIMED_OUT', `${name} took longer than ${boundMs} ms to undo`)),
      boundMs,
    );
  });
  try {
    await Promise.race([undo(), expiry]);
  } finally {
    clearTimeout(timer);
  }
}
