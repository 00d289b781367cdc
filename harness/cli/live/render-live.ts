import type { GameDayState } from '../../domain/game-day.ts';
import type { LiveSample } from '../../domain/journal.ts';
import { clockTime, formatCost, formatDuration, formatNumber, outcomeSigns } from '../../reports/format.ts';
import { oneLine } from '../../reports/plain-text.ts';
import type { Paint } from '../terminal/paint.ts';
import { sparkline } from '../terminal/sparkline.ts';
import { type LiveModel, worstRequest } from './live-model.ts';
import { percent, sampleFacts } from './sample-facts.ts';

export interface LiveFrame {
  readonly state: GameDayState;
  readonly model: LiveModel;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly endsAt: number;
  readonly width: number;
  readonly height: number;
  readonly paint: Paint;
  /** What a key press is waiting for or doing. */
  readonly message?: string;
  readonly keys: boolean;
}

type Line = readonly [text: string, style?: Parameters<Paint>[0]];

const smallestTimeline = 3;

/** One picture of the live view: at most `height` lines of at most `width` characters. */
export function renderLive(frame: LiveFrame): string {
  const above = [header(frame), blank, ...requestLines(frame), blank, ...factLines(frame), blank];
  const below = [blank, ...helpLines(frame)];
  const room = Math.max(frame.height - above.length - below.length - 1, smallestTimeline);
  const lines = [...above, ...timelineLines(frame, room), ...below].slice(0, Math.max(frame.height - 1, 1));
  return lines
    .map(([text, style]) => {
      const cut = text.length > frame.width ? `${text.slice(0, frame.width - 1)}…` : text;
      return style === undefined ? cut : frame.paint(style, cut);
    })
    .join('\n');
}

const blank: Line = [''];

function header({ state, model, now, endsAt }: LiveFrame): Line {
  const left =
    state.stage === 'hold'
      ? 'the incident is played again on your code'
      : `${formatDuration(Math.max(endsAt - now, 0))} left`;
  return [`${state.title}  ·  ${state.stage === 'hold' ? `hold: ${model.phase}` : state.stage}  ·  ${left}`, 'bold'];
}

function requestLines({ model: { sample }, width }: LiveFrame): readonly Line[] {
  if (sample === undefined) return [['waiting for the first figures', 'dim']];
  const cellWidth = width < 84 ? 8 : 10;
  const nameWidth = Math.max(12, Math.min(34, width - 5 * cellWidth - 2));
  const row = (name: string, cells: readonly string[]) =>
    `${name.slice(0, nameWidth).padEnd(nameWidth)}${cells.map((cell) => cell.padStart(cellWidth)).join('')}`;
  const total = Object.values(sample.requests).reduce((sum, { rate }) => sum + rate, 0);
  return [
    [row('Request', ['rate/s', 'p50 ms', 'p95 ms', 'p99 ms', 'errors']), 'dim'],
    ...Object.entries(sample.requests).map(([name, { rate, p50, p95, p99, errors }]): Line => {
      const failing = errors > 0;
      return [
        row(name, [formatNumber(rate), ...[p50, p95, p99].map(latency), formatNumber(errors)]),
        failing ? 'red' : undefined,
      ];
    }),
    [row('all', [formatNumber(total), '', '', '', percent(sample.errorRate)]), 'dim'],
  ];
}

/** Nothing takes no time: then nobody had an answer. */
const latency = (ms: number) => (ms === 0 ? '-' : formatNumber(ms));

function factLines({ model, width }: LiveFrame): readonly Line[] {
  const { sample, objectives, worstP95 } = model;
  const lines: Line[] = [];
  if (sample !== undefined) {
    const worst = worstRequest(sample);
    lines.push([
      `worst p95  ${sparkline(worstP95, Math.max(10, Math.min(60, width - 50)))}  ${formatNumber(worst?.p95 ?? 0)} ms  ${worst?.name ?? ''}`,
    ]);
    lines.push(...wrapped(sampleFacts(sample), width));
  }
  lines.push(objectiveLine(objectives));
  return lines;
}

function objectiveLine(objectives: LiveModel['objectives']): Line {
  if (objectives === undefined) return ['objectives  not judged yet', 'dim'];
  return objectives.met
    ? [`objectives ${outcomeSigns.pass} met: ${oneLine(objectives.why)}`, 'green']
    : [`objectives ${outcomeSigns.fail} broken: ${oneLine(objectives.why)}`, 'red'];
}

function wrapped(facts: readonly string[], width: number): readonly Line[] {
  const lines: string[] = [];
  for (const fact of facts) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + fact.length + 3 <= width) lines[lines.length - 1] = `${last}   ${fact}`;
    else lines.push(fact);
  }
  return lines.map((line): Line => [line]);
}

function timelineLines({ model }: LiveFrame, room: number): readonly Line[] {
  return model.story.lines
    .slice(-room)
    .map(
      ({ at, kind, text }): Line => [
        `${clockTime(at)}  ${kind.padEnd(11)}  ${oneLine(text)}`,
        kind === 'incident' ? 'yellow' : kind === 'participant' ? 'cyan' : undefined,
      ],
    );
}

function helpLines({ state, message, keys }: LiveFrame): readonly Line[] {
  const hint = state.nextHintCost === undefined ? '' : `h hint${formatCost(state.nextHintCost)}   `;
  return [
    [`workspace  ${state.workspace}`],
    [`elsewhere  gameday status | logs --follow | sql '…' | explain '…' | note '…' | deploy`, 'dim'],
    ...(message === undefined
      ? keys
        ? [[`keys       d deploy   ${hint}s submit   q end`, 'dim'] as const]
        : []
      : [[message, 'bold'] as const]),
  ];
}

/** The same for a log without a terminal: one line. */
export function renderLiveLine(sample: LiveSample, model: LiveModel, left: number): string {
  const worst = worstRequest(sample);
  const total = Object.values(sample.requests).reduce((sum, { rate }) => sum + rate, 0);
  const objectives = model.objectives === undefined ? 'not judged yet' : model.objectives.met ? 'met' : 'broken';
  // The hold ends when it has been played, and is judged when it has ended.
  const held = sample.phase === 'hold';
  return [
    held ? sample.phase : `${sample.phase}, ${formatDuration(Math.max(left, 0))} left`,
    `${formatNumber(total)} requests/s`,
    `errors ${percent(sample.errorRate)}`,
    ...(worst === undefined ? [] : [`worst p95 ${formatNumber(worst.p95)} ms (${worst.name})`]),
    ...sampleFacts(sample),
    ...(held ? [] : [`objectives ${objectives}`]),
  ].join(' | ');
}
