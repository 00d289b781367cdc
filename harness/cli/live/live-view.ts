import { createLogUpdate } from 'log-update';
import { clockTime } from '../../reports/format.ts';
import { oneLine, plainText } from '../../reports/plain-text.ts';
import type { RunningGameDay } from '../../run/game-day.ts';
import { readJournal } from '../../run/journal.ts';
import { readKeys } from '../terminal/keys.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { createKeyActions } from './key-actions.ts';
import { emptyModel, reduceEvent } from './live-model.ts';
import { renderLive, renderLiveLine } from './render-live.ts';

/** Something that shows a running game day until stopped. */
export interface LiveView {
  stop(): void;
}

type Watched = Pick<RunningGameDay, 'journal' | 'state' | 'deploy' | 'hint' | 'submit' | 'end'>;

const redrawMs = 250;
const lineEveryMs = 5_000;

/** A picture that redraws itself and reads keys in a terminal; lines in a log. */
export function startLiveView(gameDay: Watched, terminal: Terminal): LiveView {
  return terminal.live ? startPicture(gameDay, terminal) : startLines(gameDay, terminal);
}

function startPicture(gameDay: Watched, terminal: Terminal): LiveView {
  const stderr = terminal.streams.stderr as NodeJS.WriteStream;
  const draw = createLogUpdate(stderr);
  let model = readJournal(gameDay.journal.file).reduce(reduceEvent, emptyModel);
  const unfollow = gameDay.journal.follow((event) => {
    model = reduceEvent(model, event);
  });
  const keys = createKeyActions(gameDay, (text) => {
    draw.clear();
    terminal.err(`\n${plainText(text)}\n`);
  });
  const unread = terminal.interactive ? readKeys(terminal.streams.stdin, keys.press) : () => {};
  const redraw = () => {
    const state = gameDay.state();
    const message = keys.message();
    draw(
      renderLive({
        state,
        model,
        now: Date.now(),
        endsAt: Date.parse(state.endsAt),
        width: stderr.columns ?? terminal.width,
        height: stderr.rows ?? 24,
        paint: terminal.errPaint,
        keys: terminal.interactive,
        ...(message !== undefined && { message }),
      }),
    );
  };
  const timer = setInterval(redraw, redrawMs);
  redraw();
  return {
    stop() {
      clearInterval(timer);
      unread();
      unfollow();
      draw.clear();
      draw.done();
    },
  };
}

function startLines(gameDay: Watched, terminal: Terminal): LiveView {
  let model = emptyModel;
  let saidAt = 0;
  const unfollow = gameDay.journal.follow((event) => {
    const told = model.story.lines.length;
    model = reduceEvent(model, event);
    for (const { at, kind, text } of model.story.lines.slice(told)) {
      terminal.err(`${clockTime(at)}  ${kind.padEnd(11)}  ${oneLine(text)}`);
    }
    const at = Date.parse(event.at);
    if (event.type !== 'live.sampled' || at - saidAt < lineEveryMs) return;
    saidAt = at;
    const left = Date.parse(gameDay.state().endsAt) - at;
    terminal.err(`${clockTime(event.at)}  ${renderLiveLine(event.sample, model, left)}`);
  });
  return { stop: unfollow };
}
