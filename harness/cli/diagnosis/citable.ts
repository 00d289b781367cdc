import type { LedgerEntry } from '../../domain/evidence.ts';
import type { RecordedFacts } from '../../domain/fact-check.ts';
import { rootOf } from '../../domain/trace.ts';
import { slowStatements } from '../../meters/plan-log.ts';
import { formatNumber } from '../../reports/format.ts';
import { oneLine } from '../../reports/plain-text.ts';
import type { Paint } from '../terminal/paint.ts';
import { shortId } from '../traces/trace-table.ts';

/** As many of a kind as one looks through. */
const shown = 12;

/** What of a run a diagnosis can cite, kind by kind, each as it is written. */
export function describeCitable(facts: RecordedFacts, paint: Paint): string {
  const { samples, survey, plans, traces, statements, ledgers, isJudged } = facts;
  const routes = [...new Set(samples.flatMap(({ sample }) => Object.keys(sample.requests)))];
  const span = samples.length === 0 ? '' : `,${samples[0]!.time},${samples.at(-1)!.time}`;
  const judged = isJudged ? 'nothing' : 'nothing before the run is judged: gameday submit';
  const parts: readonly (readonly [title: string, lines: readonly string[], otherwise: string])[] = [
    ['Live figures', routes.map((route) => `[metric:route=${route}${span}]`), 'nothing was measured'],
    [
      'Requests, before and after',
      survey.after.map(({ request }) => `[survey:${request},before] [survey:${request},after] [survey:${request}]`),
      judged,
    ],
    ['Plans', nodesOf(slowStatements(plans).map(({ slowest }) => slowest.plan)), 'none was logged'],
    [
      'Traces, the slowest',
      [...traces]
        .sort((a, b) => (rootOf(b)?.durationMs ?? 0) - (rootOf(a)?.durationMs ?? 0))
        .map((trace) => `[trace:${shortId(trace.id)}]  ${oneLine(rootOf(trace)?.name ?? '', 60)}`),
      'none was kept',
    ],
    [
      'Statements of the judgement, by calls',
      [...statements]
        .sort(([, a], [, b]) => b.calls - a.calls)
        .map(([id, { calls, query }]) => `[statement:${id}]  ${formatNumber(calls)} calls  ${oneLine(query, 70)}`),
      judged,
    ],
    ['Ledgers', ledgerKinds(ledgers), judged],
  ];
  return parts
    .map(([title, lines, otherwise]) =>
      [
        paint('bold', title),
        ...(lines.length === 0 ? [otherwise] : lines.slice(0, shown)).map((line) => `  ${line}`),
      ].join('\n'),
    )
    .join('\n\n');
}

/** Steps of plans that read a relation, each once. */
function nodesOf(plans: readonly string[]): readonly string[] {
  const step =
    /(?:->\s+)?((?:Parallel )?(?:Seq|Index|Index Only|Bitmap Heap) Scan (?:Backward )?(?:using \S+ )?on \w+)/g;
  return [...new Set(plans.flatMap((plan) => [...plan.matchAll(step)].map(([, node]) => `[plan:${node}]`)))];
}

function ledgerKinds(ledgers: RecordedFacts['ledgers']): readonly string[] {
  if (ledgers === undefined) return [];
  const parties: Readonly<Record<string, readonly LedgerEntry[]>> = { ...ledgers };
  const all = Object.entries(parties).flatMap(([party, entries]) =>
    entries.map(({ kind }) => `[ledger:${party}.${kind}]`),
  );
  return [...new Set(all)];
}
