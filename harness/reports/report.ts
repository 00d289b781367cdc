import { contentionOf, describeContention } from '../domain/contention.ts';
import type { Curve } from '../domain/curve.ts';
import type { Evidence } from '../domain/evidence.ts';
import { availabilityObjective, type Harm } from '../domain/harm.ts';
import type { JournalEvent } from '../domain/journal.ts';
import type { CheckResult } from '../domain/verdict.ts';
import { compareFigures } from './before-after.ts';
import { curveChart } from './curve-chart.ts';
import { clockTime, formatDuration, formatFigure, formatNumber, outcomeSigns } from './format.ts';
import { incidentTimes } from './incident-times.ts';
import { document, fenced, inline, table } from './markdown.ts';
import { rollOutHarm } from './roll-out-harm.ts';
import { eventsOf, type RunSummary, summarise } from './run-summary.ts';
import { timelineOf } from './timeline.ts';

/** What a report is made of. Nothing is read from anywhere else, so the same run always gives the same report. */
export interface ReportInput {
  readonly run: string;
  /** The scenario's title; without it, its id is used. */
  readonly title?: string;
  readonly events: readonly JournalEvent[];
  /** What was measured for the verdict, when it was kept. */
  readonly hold?: Evidence;
  /** How the scenario's figures grow with the data, when that is its point. Told once the submission is judged. */
  readonly curve?: Curve;
}

/** The report of one run as Markdown: verdict, before and after, times, timeline, deploys, hints, notes and queries. */
export function renderReport({ run, title, events, hold, curve }: ReportInput): string {
  const summary = summarise(events);
  return document(
    `# Game day report: ${inline(title ?? summary.scenario)}`,
    overview(run, summary),
    '## Verdict',
    verdict(summary, hold),
    ...section('## Before and after', comparison(events, hold)),
    ...section('## With less and more data', summary.outcome && curve && growth(curve)),
    ...section('## Times', times(events)),
    ...section('## Timeline (UTC)', timelineTable(events)),
    ...section('## Deploys', deploys(events)),
    ...section('## Roll-out', rollOut(events)),
    ...section('## Hints', hints(summary, events)),
    ...section('## Notes', notes(events)),
    ...section('## Queries', queries(events)),
    ...section('## Services', services(events)),
  );
}

/** The merged timeline as a table; every text in it is escaped. */
export function timelineTable(events: readonly JournalEvent[]): string | undefined {
  const lines = timelineOf(events);
  if (lines.length === 0) return undefined;
  return table(
    ['Time', 'Who', 'What'],
    lines.map((line) => [clockTime(line.at), line.kind, inline(line.text, 240)]),
  );
}

function section(heading: string, body: string | undefined): readonly string[] {
  return body === undefined ? [] : [heading, body];
}

function overview(run: string, summary: RunSummary): string {
  const { startedAt, endedAt } = summary;
  const lasted = startedAt && endedAt ? ` (${formatDuration(Date.parse(endedAt) - Date.parse(startedAt))})` : '';
  return table(
    ['Run', inline(run)],
    [
      ['Scenario', `${inline(summary.scenario)}, variant ${inline(summary.variant)}, size ${inline(summary.size)}`],
      ['Started', startedAt ?? 'unknown'],
      [
        'Ended',
        endedAt === undefined
          ? 'still running, or cut off'
          : `${endedAt}${lasted}: ${inline(summary.endedBecause ?? '')}`,
      ],
      [
        'Outcome',
        summary.outcome === undefined ? 'not submitted' : `${outcomeSigns[summary.outcome]} ${summary.outcome}`,
      ],
      ['Deploys', String(summary.deploys)],
      ['Hints', `${summary.hints} (${summary.hintPoints} of 100 points)`],
    ],
  );
}

function verdict({ outcome, results, reasons, objectivesMet }: RunSummary, hold: Evidence | undefined): string {
  if (outcome === undefined) {
    const met =
      objectivesMet === undefined
        ? 'were never looked at'
        : `were ${objectivesMet ? '' : 'not '}met when last looked at`;
    return `Nothing was submitted, so nothing was judged. The objectives ${met}.`;
  }
  const contention = contentionOf(hold?.phases.incident.machine);
  return [
    ...(contention
      ? [
          `While this was measured, ${describeContention(contention)}. What may have been late because of that is inconclusive.`,
        ]
      : []),
    ...(reasons.length > 0
      ? [
          'Inconclusive: this measurement can not be trusted.',
          reasons.map((reason) => `- ${inline(reason)}`).join('\n'),
        ]
      : []),
    checksTable(results),
  ].join('\n\n');
}

function checksTable(results: readonly CheckResult[]): string {
  return table(
    ['', 'Check', 'Claim', 'Measured', 'Figures'],
    results.map((result) => [
      `${outcomeSigns[result.outcome]} ${result.outcome}`,
      inline(result.check),
      inline(result.claim),
      inline(result.summary),
      result.figures.map((figure) => inline(formatFigure(figure))).join('<br>'),
    ]),
  );
}

function comparison(events: readonly JournalEvent[], hold: Evidence | undefined): string | undefined {
  const rows = compareFigures(events, hold);
  if (rows.length === 0) return undefined;
  const cell = (value: number | undefined, unit: string) =>
    value === undefined ? '-' : `${formatNumber(value)}${unit === '' ? '' : ` ${unit}`}`;
  return `Live: medians of one-second samples of the incident, before the first deploy and after the last one. Hold: the incident played again for the verdict.\n\n${table(
    ['', 'Before', 'After', 'Hold', 'Change'],
    rows.map(({ label, unit, before, after, hold: held }) => [
      inline(label),
      cell(before, unit),
      cell(after, unit),
      cell(held, unit),
      change(before, held ?? after),
    ]),
  )}`;
}

function growth(curve: Curve): string {
  return `The app as handed out and the reference solution under the same load, measured on ${curve.measuredOn} (${inline(curve.machine)}).\n\n${fenced(curveChart(curve, 100), 'text')}`;
}

function change(before: number | undefined, after: number | undefined): string {
  if (before === undefined || after === undefined || before <= 0) return '';
  if (after <= 0) return 'gone';
  const factor = before / after;
  if (factor >= 1.05) return `${formatNumber(factor)}x less`;
  return factor <= 0.95 ? `${formatNumber(1 / factor)}x more` : 'same';
}

function times(events: readonly JournalEvent[]): string | undefined {
  const { impactFrom, detectMs, acknowledgeMs, mitigateMs, resolveMs } = incidentTimes(events);
  if (impactFrom === undefined) return undefined;
  const row = (name: string, ms: number | undefined, meaning: string) =>
    [name, ms === undefined ? 'not reached' : formatDuration(ms), meaning] as const;
  return `Counted from ${clockTime(impactFrom)} UTC, when the objectives first broke.\n\n${table(
    ['Time to', 'Took', 'Ends with'],
    [
      row('detect', detectMs, 'the first query, note, hint or deploy'),
      row('acknowledge', acknowledgeMs, 'the first note'),
      row('mitigate', mitigateMs, 'objectives met again, for good'),
      row('resolve', resolveMs, 'the submission that passed'),
    ],
  )}`;
}

function deploys(events: readonly JournalEvent[]): string | undefined {
  const rows = events.flatMap((event) => {
    if (event.type === 'deploy.finished') {
      return [
        [
          String(event.deploy),
          clockTime(event.at),
          `live after ${formatDuration(event.seconds * 1000)}`,
          event.migrations.map((name) => inline(name)).join(', '),
        ],
      ];
    }
    return event.type === 'deploy.failed'
      ? [
          [
            String(event.deploy),
            clockTime(event.at),
            `refused at ${inline(event.stage)}: ${inline(event.problem, 200)}`,
            '',
          ],
        ]
      : [];
  });
  return rows.length === 0 ? undefined : table(['Deploy', 'Time', 'Result', 'Migrations'], rows);
}

function rollOut(events: readonly JournalEvent[]): string | undefined {
  const harm = rollOutHarm(events);
  if (harm === undefined) return undefined;
  const row = (what: string, { seconds, requests, failed, failedShare, ...rest }: Harm) => {
    if (seconds === 0) return [what, 'not at all', ...Array<string>(5).fill('-')];
    const { atOnce, longestMs } = rest.heldUp;
    return [
      what,
      formatDuration(seconds * 1000),
      `${formatNumber(failed)} of ${formatNumber(requests)} (${formatNumber(failedShare * 100)} %)`,
      `${formatNumber(rest.budgetBurn)}x`,
      atOnce === 0
        ? 'none'
        : `in ${rest.heldUp.seconds} s, ${atOnce} at once, for ${formatDuration(longestMs)} at most`,
      formatNumber(rest.jobsFailed),
      `${formatNumber(Math.round(rest.worstP95Ms))} ms`,
    ];
  };
  return `The harm that was done while repairing, by what callers saw in each second. Error budget: how many times as fast as ${formatNumber(availabilityObjective * 100)} % availability allows. Held up: reads and writes that waited for a lock on a table.\n\n${table(
    ['', 'Seen for', 'Requests failed', 'Error budget', 'Held up', 'Jobs failed', 'Worst p95'],
    [
      row('The incident before', harm.before),
      ...harm.deploys.map((deploy) => row(`Deploy ${deploy.deploy}, ${deploy.outcome}, until 5 s after`, deploy)),
      row('From the first deploy to the submission', harm.total),
    ],
  )}`;
}

function hints(summary: RunSummary, events: readonly JournalEvent[]): string | undefined {
  if (summary.hints === 0) return undefined;
  const rows = eventsOf(events, 'hint.taken').map((event) => [
    String(event.hint),
    clockTime(event.at),
    String(event.cost),
  ]);
  return `${table(['Hint', 'Time', 'Cost'], rows)}\n\nTogether ${summary.hintPoints} of 100 points.`;
}

function notes(events: readonly JournalEvent[]): string | undefined {
  const lines = eventsOf(events, 'note.added').map((event) => `- ${clockTime(event.at)} ${inline(event.text)}`);
  return lines.length === 0 ? undefined : lines.join('\n');
}

function queries(events: readonly JournalEvent[]): string | undefined {
  const blocks = eventsOf(events, 'sql.run').map((event) => {
    const kind = event.kind === 'sql' ? 'SQL' : 'EXPLAIN';
    return `${clockTime(event.at)} ${kind}${event.ok ? '' : ', failed'}:\n\n${fenced(event.statement, 'sql')}`;
  });
  return blocks.length === 0 ? undefined : blocks.join('\n\n');
}

function services(events: readonly JournalEvent[]): string | undefined {
  const rows = eventsOf(events, 'service.started').map((event) => [
    inline(event.service),
    inline(event.version),
    inline(event.provider),
    event.declined.map((reason) => inline(reason)).join('<br>'),
  ]);
  return rows.length === 0 ? undefined : table(['Service', 'Version', 'Provider', 'Declined'], rows);
}
