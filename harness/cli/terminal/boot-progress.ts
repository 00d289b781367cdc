import { createLogUpdate } from 'log-update';
import { formatDuration } from '../../reports/format.ts';
import type { Terminal } from './terminal.ts';

/** Shows what is being prepared, with times, and the time left where the share done is known. */
export interface BootProgress {
  /** A step begins or goes on. Steps that begin alike up to the first colon are one step. `share` is what is done of it, 0 to 1. */
  readonly step: (text: string, share?: number) => void;
  /** Stops showing; `sign` marks the steps that were not finished yet. */
  readonly end: (sign: '✔' | '✘') => void;
}

interface Step {
  text: string;
  readonly startedAt: number;
  share: number | undefined;
  finishedAt: number | undefined;
}

const redrawMs = 120;
const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'] as const;

export function createBootProgress(terminal: Terminal, now: () => number = () => performance.now()): BootProgress {
  const steps = new Map<string, Step>();
  const view = terminal.live ? createLogUpdate(terminal.streams.stderr as NodeJS.WriteStream) : undefined;
  const timer = view && setInterval(() => view(render()), redrawMs);

  function render(): string {
    const frame = frames[Math.floor(now() / redrawMs) % frames.length]!;
    return [...steps.values()]
      .map((step) => line(step, step.finishedAt === undefined ? frame : '✔', now(), terminal))
      .join('\n');
  }

  return {
    step(text, share) {
      const key = text.split(':')[0]!;
      const step = steps.get(key);
      if (step === undefined) {
        // A step without a share is over when the next one begins; one with a share says so itself.
        for (const earlier of steps.values()) if (earlier.share === undefined) earlier.finishedAt ??= now();
        steps.set(key, { text, startedAt: now(), share, finishedAt: undefined });
      } else Object.assign(step, { text, share });
      if (share !== undefined && share >= 1) steps.get(key)!.finishedAt ??= now();
      if (view === undefined && step?.text !== text) terminal.err(`  ${text}`);
    },
    end(sign) {
      clearInterval(timer);
      if (view === undefined) return;
      const rest = [...steps.values()];
      view(rest.map((step) => line(step, step.finishedAt === undefined ? sign : '✔', now(), terminal)).join('\n'));
      view.done();
    },
  };
}

function line(step: Step, sign: string, at: number, { errPaint: paint }: Terminal): string {
  const took = (step.finishedAt ?? at) - step.startedAt;
  const { share } = step;
  const left =
    share !== undefined && share > 0.05 && share < 1
      ? `, about ${formatDuration((took * (1 - share)) / share)} left`
      : '';
  const mark = sign === '✔' ? paint('green', sign) : sign === '✘' ? paint('red', sign) : paint('cyan', sign);
  return `${mark} ${step.text} ${paint('dim', `${formatDuration(took)}${step.finishedAt === undefined ? left : ''}`)}`;
}
