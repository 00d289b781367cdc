import { closeSync, fsyncSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { environmentError, messageOf } from '../domain/errors.ts';
import type { Journal, JournalEvent } from '../domain/journal.ts';

/**
 * Opens a run's journal for writing, one JSON event per line; an existing one is continued. Each event is on disk when `write`
 * returns. Listeners are called after that, in the order of `follow`, and must not throw.
 * Throws `JOURNAL_UNREADABLE` when the existing file is no journal.
 */
export function createJournal(file: string): Journal {
  mkdirSync(dirname(file), { recursive: true });
  const descriptor = openSync(file, 'a+');
  const earlier = parse(file, readFileSync(descriptor, 'utf8'));
  ftruncateSync(descriptor, earlier.intactBytes);
  syncDirectory(dirname(file));

  const listeners = new Set<(event: JournalEvent) => void>();
  let seq = earlier.events.at(-1)?.seq ?? 0;
  let open = true;

  return {
    file,
    write: (entry) => {
      seq += 1;
      const event: JournalEvent = { seq, at: new Date().toISOString(), ...entry };
      writeSync(descriptor, `${JSON.stringify(event)}\n`);
      fsyncSync(descriptor);
      for (const listener of listeners) listener(event);
      return event;
    },
    follow: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => {
      if (open) closeSync(descriptor);
      open = false;
    },
  };
}

/**
 * Every event of a journal, oldest first, also while it is being written. A last line torn by a crash was never acknowledged and is left out.
 * Throws `JOURNAL_UNREADABLE` when the file can't be read or is damaged anywhere else.
 */
export function readJournal(file: string): readonly JournalEvent[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw environmentError('JOURNAL_UNREADABLE', `No journal at ${file}: ${messageOf(error)}`, undefined, error);
  }
  return parse(file, text).events;
}

function parse(file: string, text: string): { readonly events: readonly JournalEvent[]; readonly intactBytes: number } {
  // What follows the last line feed is empty, or torn.
  const intact = text.slice(0, text.lastIndexOf('\n') + 1);
  const events = intact
    .split('\n')
    .slice(0, -1)
    .map((line, index) => {
      try {
        return JSON.parse(line) as JournalEvent;
      } catch (error) {
        throw environmentError('JOURNAL_UNREADABLE', `Line ${index + 1} of ${file} is damaged`, undefined, error);
      }
    });
  return { events, intactBytes: Buffer.byteLength(intact) };
}

/** A new file is only safe from a crash once the directory that names it is. */
function syncDirectory(path: string): void {
  const directory = openSync(path, 'r');
  fsyncSync(directory);
  closeSync(directory);
}
