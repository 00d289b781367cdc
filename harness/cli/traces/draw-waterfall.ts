import type { PlanSeen } from '../../domain/evidence.ts';
import { rootOf, type Span, statementOf, type Trace } from '../../domain/trace.ts';
import { type FoldedSpan, foldTrace } from '../../domain/trace-tree.ts';
import { slowStatements } from '../../meters/plan-log.ts';
import { formatNumber } from '../../reports/format.ts';
import { oneLine } from '../../reports/plain-text.ts';
import { indented } from '../plans/describe-statement.ts';
import { describePlan } from '../runs/describe-plan.ts';
import type { Paint } from '../terminal/paint.ts';
import { spanLabel } from './span-label.ts';

const barCells = 30;
/** Statements whose full text is shown below the waterfall. */
const fullStatements = 3;

interface Scale {
  readonly from: number;
  readonly to: number;
}

/**
 * A trace over time: a row per span with when it began, a bar where it was under way, what it did and how long it took, all repetitions together. Below it
 * the statements that took longest, in full, each with its plan where one was logged: of this very execution, or else of another one.
 */
export function drawWaterfall(
  trace: Trace,
  plans: readonly PlanSeen[],
  { width, paint }: { readonly width: number; readonly paint: Paint },
): string {
  const scale = {
    from: Math.min(...trace.spans.map(({ startMs }) => startMs)),
    to: Math.max(...trace.spans.map(({ startMs, durationMs }) => startMs + durationMs)),
  };
  const rows = (nodes: readonly FoldedSpan[], depth: number, process: string | undefined): readonly string[] =>
    nodes.flatMap(({ spans, children }) => [
      drawRow(spans, { depth, scale, width, paint, elsewhere: spans[0]!.process !== process }),
      ...rows(children, depth + 1, spans[0]!.process),
    ]);
  const left = trace.dropped > 0 ? [paint('dim', `${trace.dropped} more spans were not kept`)] : [];
  return [
    headline(trace, scale, paint),
    '',
    ...rows(foldTrace(trace), 0, undefined),
    ...left,
    ...statements(trace, plans, paint),
  ].join('\n');
}

function headline(trace: Trace, { from }: Scale, paint: Paint): string {
  const root = rootOf(trace);
  const at = `${new Date(from).toISOString().replace('T', ' ').slice(0, 23)} UTC`;
  const path = [root?.attributes['url.path'], root?.attributes['url.query']].filter(Boolean).join('?');
  return `${paint('bold', oneLine(root?.name ?? 'Its beginning has not arrived'))}  ${oneLine(path)}\n${paint('dim', `${at}  trace ${trace.id}`)}`;
}

function drawRow(
  spans: readonly Span[],
  view: {
    readonly depth: number;
    readonly scale: Scale;
    readonly width: number;
    readonly paint: Paint;
    readonly elsewhere: boolean;
  },
): string {
  const { depth, scale, width, paint, elsewhere } = view;
  const [first] = spans as [Span];
  const begin = `${formatNumber(first.startMs - scale.from)} ms`.padStart(9);
  const took = formatNumber(spans.reduce((sum, { durationMs }) => sum + durationMs, 0));
  const status = first.attributes['http.response.status_code'];
  const error = spans.find((span) => span.error !== undefined)?.error;
  const facts = [
    ...(spans.length > 1 ? [`×${formatNumber(spans.length)}`] : []),
    ...(status === undefined ? [] : [`status ${status}`]),
    `${took} ms`,
    ...(elsewhere ? [first.process] : []),
  ].join(', ');
  const failure = error === undefined ? '' : `  ✘ ${oneLine(error, 80)}`;
  const indent = '  '.repeat(depth);
  const room = width - begin.length - barCells - 4 - indent.length - facts.length - 2;
  const label = oneLine(spanLabel(first), Math.max(room, 20));
  return `${paint('dim', begin)} │${paint('cyan', bar(spans, scale))}│ ${indent}${label}  ${paint('bold', facts)}${paint('red', failure)}`;
}

/** A cell is full where at least one of the spans was under way in it. */
function bar(spans: readonly Span[], { from, to }: Scale): string {
  const perCell = (to - from) / barCells || 1;
  const cells = new Array<string>(barCells).fill(' ');
  for (const { startMs, durationMs } of spans) {
    const first = Math.min(Math.floor((startMs - from) / perCell), barCells - 1);
    const last = Math.max(first, Math.ceil((startMs + durationMs - from) / perCell) - 1);
    cells.fill('━', first, last + 1);
  }
  return cells.join('');
}

function statements({ id, spans }: Trace, plans: readonly PlanSeen[], paint: Paint): readonly string[] {
  const totals = new Map<string, { calls: number; ms: number }>();
  for (const span of spans) {
    const statement = statementOf(span);
    if (statement === undefined) continue;
    const total = totals.get(statement) ?? { calls: 0, ms: 0 };
    totals.set(statement, { calls: total.calls + 1, ms: total.ms + span.durationMs });
  }
  const longest = [...totals].sort(([, a], [, b]) => b.ms - a.ms).slice(0, fullStatements);
  if (longest.length === 0) return [];
  return [
    '',
    'Statements that took longest',
    ...longest.flatMap(([text, { calls, ms }]) => [
      `  ${paint('bold', `×${formatNumber(calls)}, ${formatNumber(ms)} ms`)}  ${oneLine(text)}`,
      ...planOf(text, id, plans, paint),
    ]),
  ];
}

function planOf(text: string, id: string, plans: readonly PlanSeen[], paint: Paint): readonly string[] {
  const [statement] = slowStatements(plans.filter(({ query }) => query === text));
  const [here] = slowStatements(plans.filter(({ query, traceId }) => query === text && traceId === id));
  const seen = here?.slowest ?? statement?.slowest;
  if (seen === undefined) return [];
  const which = here === undefined ? 'another time' : 'here';
  return [
    paint('dim', `    as it ran ${which}, in ${formatNumber(seen.durationMs)} ms`),
    indented(describePlan(seen.plan, paint)),
  ];
}
