import type { Evidence } from '../domain/evidence.ts';
import type { JournalEvent } from '../domain/journal.ts';
import type { Grade, GradedArm, Scorecard } from '../domain/scorecard.ts';
import { withoutComments } from '../domain/without-comments.ts';
import { figureBars } from './figure-bars.ts';
import { clockTime, formatDuration, formatNumber } from './format.ts';
import { type Html, html, htmlTable } from './html.ts';
import { htmlPage } from './html-page.ts';
import { latencyCharts } from './latency-chart.ts';
import { measuredArms } from './measured-arms.ts';
import { oneLine } from './plain-text.ts';
import { plansBeside } from './plans-beside.ts';
import { timelineOf } from './timeline.ts';

/** What a graded submission's report is made of. */
export interface GradedInput {
  readonly scorecard: Scorecard;
  readonly evidence: Readonly<Partial<Record<GradedArm['arm'], Evidence>>>;
  readonly events: readonly JournalEvent[];
  readonly diagnosis: string | undefined;
  /** The changes as a unified diff. */
  readonly changes: string;
}

const signs: Readonly<Record<Grade, string>> = { pass: '✔', fail: '✘', inconclusive: '?', refused: '⛔' };
const armNames = { flawed: 'As handed out', reference: 'Reference', candidate: 'Candidate' } as const;

/** One self-contained page about a graded submission, without scripts and without anything from elsewhere; reads well printed, too. */
export function renderGraded(input: GradedInput): string {
  const { scorecard } = input;
  const { candidate, title, grade, reasons, concerns } = scorecard;
  const body = html`<h1>${title}</h1>
<p class="grade ${grade}">${signs[grade]} ${candidate}: ${grade}</p>
${list(reasons)}
${about(scorecard)}
${section('Checks', checks(scorecard.arms))}
${section('Figures beside their bounds', figureBars(scorecard.arms))}
${section('Latency', latencies(input.evidence))}
${section('Plans of the slowest statements', plansBeside(measuredArms(input.evidence), armNames))}
${section('What deserves a look', concerns.length > 0 ? list(concerns) : undefined)}
${section('Diagnosis', diagnosis(input))}
${section('In writing', answers(scorecard))}
${section('How it went', journey(input))}
${section('The change', diff(input.changes))}
${section('For people to score', rubric(scorecard))}`;
  return htmlPage(`${candidate}: ${title}`, body);
}

const section = (heading: string, body: Html | undefined): Html | undefined =>
  body && html`<section><h2>${heading}</h2>${body}</section>`;

const list = (lines: readonly string[]): Html | undefined =>
  lines.length === 0 ? undefined : html`<ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>`;

function about({ scenario, variant, run, gradedAt, machine, isolation, seed, arms }: Scorecard): Html {
  const plays = arms.map(({ arm, plays, agreeing }) => `${armNames[arm]} ${agreeing} of ${plays}`).join(', ');
  const facts = {
    Exercise: `${scenario}, variant ${variant}`,
    Run: run,
    Graded: `${gradedAt.slice(0, 16).replace('T', ' ')} UTC, seed ${seed}`,
    On: machine,
    Isolation: isolation,
    'Plays that agree': plays || 'none: it was not played',
  };
  return htmlTable(
    [],
    Object.entries(facts).map(([name, value]) => [html`<b>${name}</b>`, value]),
  );
}

function checks(arms: readonly GradedArm[]): Html | undefined {
  const candidate = arms.find(({ arm }) => arm === 'candidate') ?? arms.at(-1);
  if (candidate === undefined) return undefined;
  const cell = (arm: GradedArm, check: string) => {
    const result = arm.results.find((one) => one.check === check);
    return (
      result &&
      html`<span class="${result.outcome}">${signs[result.outcome]} ${result.outcome}</span><br>${result.summary}`
    );
  };
  const names = [...new Set(arms.flatMap(({ results }) => results.map(({ check }) => check)))];
  const claimOf = (check: string) => arms.flatMap(({ results }) => results).find((one) => one.check === check)?.claim;
  return htmlTable(
    ['Check', 'Claim', ...arms.map(({ arm }) => armNames[arm])],
    names.map((check) => [html`<code>${check}</code>`, claimOf(check), ...arms.map((arm) => cell(arm, check))]),
  );
}

function latencies(evidence: GradedInput['evidence']): Html | undefined {
  const arms = measuredArms(evidence);
  const requests = [
    ...new Set(
      arms.flatMap(([, { phases }]) =>
        phases.incident.load.ok ? Object.keys(phases.incident.load.value.requests) : [],
      ),
    ),
  ];
  if (requests.length === 0) return undefined;
  const cell = ({ phases: { incident } }: Evidence, request: string) => {
    const figures = incident.load.ok ? incident.load.value.requests[request] : undefined;
    return figures && `${formatNumber(figures.p50)} / ${formatNumber(figures.p95)} / ${formatNumber(figures.p99)} ms`;
  };
  const charts = latencyCharts(arms);
  const key = arms.map(([arm]) => html`<span class="key ${arm}">${armNames[arm]}</span> `);
  return html`<p>p50 / p95 / p99 in the incident, from the moment each request was meant to be sent.</p>${htmlTable(
    ['Request', ...arms.map(([arm]) => armNames[arm])],
    requests.map((request) => [request, ...arms.map(([, one]) => cell(one, request))]),
  )}${charts && html`<p>${key}, on a logarithmic axis; a dot where requests failed.</p>${charts}`}`;
}

function diagnosis({ scorecard, diagnosis: text }: GradedInput): Html {
  const graded = scorecard.diagnosis;
  if (graded === undefined || text === undefined) return html`<p>None was sent.</p>`;
  const rows = graded.claims.map(({ verdict, section, kind, source, quantity, why, against }) => [
    html`<span class="${verdict === 'confirmed' ? 'pass' : verdict === 'contradicted' ? 'fail' : 'inconclusive'}">${verdict}</span>`,
    section,
    `${quantity ? `${formatNumber(quantity.value)} ${quantity.unit} ` : ''}[${kind}:${source}]`,
    why,
    against,
  ]);
  return html`<p>${graded.points} of ${graded.of} points: a section written is one, a confirmed figure where figures are expected two more, a contradicted one takes one away.</p>
${rows.length > 0 ? htmlTable(['Verdict', 'Section', 'Said', 'What was recorded', 'Held against'], rows) : undefined}
${list([
  ...graded.empty.map((title) => `Empty: ${title}`),
  ...graded.uncited.map(({ section, sentence }) => `${section}, without evidence: ${oneLine(sentence, 200)}`),
])}<pre class="prose">${withoutComments(text)
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()}</pre>`;
}

function answers({ answers }: Scorecard): Html | undefined {
  const styles = { found: 'pass', missed: 'fail', 'false alarm': 'fail', 'red flag': 'fail', 'to be judged': '' };
  const shown = answers.map(
    ({ exercise, title, inShort, findings }) => html`<h3>${title} (${exercise})</h3>
<p>${inShort}</p>${htmlTable(
      ['', 'What', 'It means', 'Said'],
      findings.map(({ outcome, what, means, said }) => [
        html`<span class="${styles[outcome]}">${outcome}</span>`,
        what,
        means,
        said,
      ]),
    )}`,
  );
  return shown.length === 0 ? undefined : html`${shown}`;
}

function journey({ scorecard: { journey }, events }: GradedInput): Html {
  const time = (ms: number | undefined) => (ms === undefined ? 'not in the journal' : formatDuration(ms));
  const { deploys, hints, rollOut, verdict } = journey;
  const harm =
    rollOut &&
    `${rollOut.failed} of ${rollOut.requests} requests failed, worst p95 ${formatNumber(rollOut.worstP95Ms)} ms`;
  const lines = safely(() => timelineOf(events)) ?? [];
  return html`<p>As the journal tells that was sent with it.</p>${htmlTable(
    [
      'Own verdict',
      'Deploys',
      'Hints',
      'To detect',
      'To acknowledge',
      'To mitigate',
      'To resolve',
      'From first deploy to submission',
    ],
    [
      [
        verdict ?? 'none',
        deploys,
        hints,
        time(journey.detectMs),
        time(journey.acknowledgeMs),
        time(journey.mitigateMs),
        time(journey.resolveMs),
        harm ?? '-',
      ],
    ],
  )}${htmlTable(
    ['UTC', 'Who', 'What'],
    lines.map(({ at, kind, text }) => [safely(() => clockTime(at)) ?? '', kind, oneLine(String(text), 300)]),
  )}`;
}

function diff(changes: string): Html {
  if (changes.trim() === '') return html`<p>Nothing was changed.</p>`;
  const kind = (line: string) =>
    /^(?:diff|index|---|\+\+\+|@@)/.test(line)
      ? 'meta'
      : line.startsWith('+')
        ? 'added'
        : line.startsWith('-')
          ? 'removed'
          : '';
  return html`<pre>${changes.split('\n').map((line) => html`<span class="${kind(line)}">${line}</span>\n`)}</pre>`;
}

function rubric({ facts, human }: Scorecard): Html {
  const dimensions = htmlTable(
    ['Dimension', '1', '3', '5', 'Score', 'Evidence'],
    human.map(({ name, anchors }) => [name, anchors[1], anchors[3], anchors[5], '', '']),
  );
  return html`<p>What a diagnosis at the level of the mechanism states:</p>${list(facts)}${dimensions}`;
}

/** A journal that was sent may have any shape. */
function safely<T>(tell: () => T): T | undefined {
  try {
    return tell();
  } catch {
    return undefined;
  }
}
