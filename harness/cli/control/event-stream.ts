import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Journal, JournalEvent } from '../../domain/journal.ts';
import { readJournal } from '../../run/journal.ts';

/** A reader that does not read is cut off here; it may come back with Last-Event-ID and loses nothing. */
const maxUnreadBytes = 8 * 1024 * 1024;
const heartbeatMs = 15_000;

/** Sends the journal as server-sent events: everything after Last-Event-ID (default: from the start), then whatever is written, until either side closes. */
export function streamEvents(request: IncomingMessage, response: ServerResponse, journal: Journal): void {
  let sent = Number(request.headers['last-event-id'] ?? 0) || 0;
  response.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  response.flushHeaders();

  const send = (event: JournalEvent) => {
    if (event.seq <= sent) return;
    sent = event.seq;
    response.write(`id: ${event.seq}\ndata: ${JSON.stringify(event)}\n\n`);
    if (response.writableLength > maxUnreadBytes) response.destroy();
  };
  // Nothing can be written between reading and following: both happen before this turn of the event loop ends.
  for (const event of readJournal(journal.file)) send(event);
  const unfollow = journal.follow(send);
  const heartbeat = setInterval(() => response.write(':\n\n'), heartbeatMs);
  response.on('close', () => {
    clearInterval(heartbeat);
    unfollow();
  });
}
