import type { Judgement } from '../../domain/game-day.ts';
import { clockTime } from '../../reports/format.ts';
import { oneLine } from '../../reports/plain-text.ts';
import { timelineOf } from '../../reports/timeline.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { ControlClient } from './control-client.ts';

/** Submits, and says on stderr what happens while the incident is played again. */
export async function submitAndWatch(client: ControlClient, terminal: Terminal): Promise<Judgement> {
  const watching = new AbortController();
  const watched = watch(client, terminal, watching.signal);
  try {
    return await client.act('submit');
  } finally {
    watching.abort();
    await watched;
  }
}

async function watch(client: ControlClient, terminal: Terminal, signal: AbortSignal): Promise<void> {
  let submitted = false;
  try {
    for await (const event of client.events({ signal })) {
      submitted ||= event.type === 'submitted';
      if (!submitted) continue;
      for (const line of timelineOf([event])) terminal.err(`${clockTime(line.at)}  ${oneLine(line.text)}`);
    }
  } catch {
    // Only the commentary is lost; the submission itself reports what went wrong.
  }
}
