import { join } from 'node:path';
import type { ExitCode } from '../../domain/errors.ts';
import { summarise } from '../../reports/run-summary.ts';
import type { RunningGameDay } from '../../run/game-day.ts';
import { readJournal } from '../../run/journal.ts';
import { startControlServer } from '../control/control-server.ts';
import { curveOf } from '../runs/curve-of.ts';
import { exitCodeOf } from '../runs/exit-code.ts';
import { handIn } from '../runs/hand-in.ts';
import { printSummary } from '../runs/print-summary.ts';
import { writeReports } from '../runs/run-reports.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { startLiveView } from './live-view.ts';

/** How often is looked whether the time is up, milliseconds. */
const clockMs = 250;

/**
 * Stays with a running game day until it ends: serves other terminals, shows it, ends it when its time is up, and writes its reports.
 * Resolves to the command's exit code; when `signal` ended it, throws the signal's reason after everything is stopped and written.
 */
export async function playSession(gameDay: RunningGameDay, terminal: Terminal, signal: AbortSignal): Promise<ExitCode> {
  const control = await startControlServer(gameDay, gameDay.journal, gameDay.directory);
  const view = startLiveView(gameDay, terminal);
  const clock = setInterval(() => {
    const { stage, endsAt } = gameDay.state();
    // A submission that is being judged is never cut off.
    if ((stage === 'steady' || stage === 'incident') && Date.now() >= Date.parse(endsAt))
      void gameDay.end('the time is up');
  }, clockMs);
  try {
    await gameDay.ended;
  } finally {
    clearInterval(clock);
    view.stop();
    await control.close();
  }
  const events = readJournal(join(gameDay.directory, 'events.jsonl'));
  const { run, title, scenario } = gameDay.state();
  const curve = await curveOf(scenario);
  const files = writeReports({ run, title, events, directory: gameDay.directory, ...(curve && { curve }) });
  const submission = await handIn({ run, directory: gameDay.directory });
  printSummary({ run, title, events, files, ...(submission && { submission }) }, terminal);
  signal.throwIfAborted();
  return exitCodeOf(summarise(events));
}
