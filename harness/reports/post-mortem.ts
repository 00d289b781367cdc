import type { Diagnosis, DiagnosisSection } from '../domain/diagnosis.ts';
import type { JournalEvent } from '../domain/journal.ts';
import { describeHarm } from './describe-harm.ts';
import { clockTime, formatDuration } from './format.ts';
import { incidentTimes } from './incident-times.ts';
import { document, inline, table } from './markdown.ts';
import { timelineTable } from './report.ts';
import { rollOutHarm } from './roll-out-harm.ts';
import { beforeSubmission, eventsOf, summarise } from './run-summary.ts';

/** What the draft is made of. */
export interface PostMortemInput {
  readonly run: string;
  readonly title?: string;
  readonly events: readonly JournalEvent[];
  /** What has been written already of what only people can know. */
  readonly diagnosis?: Diagnosis;
}

/** What only people can write is asked for in italics: the draft never guesses a cause. */
const ask = (question: string) => `_${question}_`;

/** A blameless post-mortem with everything the journal knows filled in and everything else asked for. */
export function renderPostMortem({ run, title, events, diagnosis }: PostMortemInput): string {
  const summary = summarise(events);
  const told = (section: DiagnosisSection, question: string) =>
    quoted(diagnosis?.sections.get(section)) ?? ask(question);
  return document(
    `# Post-mortem: ${inline(title ?? summary.scenario)}`,
    'This is about how the system and our ways of working let this happen, not about who did. Everybody acted on what they knew then.',
    table(
      ['Run', inline(run)],
      [
        ['Date', (summary.startedAt ?? 'unknown').slice(0, 10)],
        ['Severity', ask('SEV 1 to 4, and why')],
        ['Commander', ask('who decided')],
        ['Scribe', ask('who wrote things down')],
        ['Communications', ask('who told customers')],
        ['Status', ask('draft, in review, done')],
      ],
    ),
    '## Summary',
    told('Symptom', 'Two sentences for somebody who was not there: what customers saw, and what the mechanism was.'),
    '## Impact',
    impact(events),
    '## Timeline (UTC)',
    timelineTable(events) ?? 'The journal is empty.',
    '## Cause and trigger',
    told(
      'Root cause',
      'Cause: the mechanism, with figures. Which statement, lock, cache or retry did how much work per request, and why?',
    ),
    ask('Trigger: what changed, so that it hurt now and not last month?'),
    '## Detection',
    detection(events),
    told('How it was found', 'How did we notice? Which alert should have told us, and what would it measure?'),
    '## Repair',
    repair(events),
    told('Change', 'What was changed, and why does it act on the mechanism?'),
    told('Alternatives rejected', 'Which alternatives were rejected, and why?'),
    '## What went well',
    ask('What made this shorter or smaller than it could have been?'),
    '## What went badly',
    ask('What made it longer or larger? Which signal was missing or misleading?'),
    '## Where we were lucky',
    ask('What could have been worse, and was not because of chance?'),
    '## Actions',
    quoted(diagnosis?.sections.get('Prevention')),
    table(
      ['Action', 'Prevents, detects or mitigates', 'Owner', 'Due'],
      [1, 2, 3].map(() => [ask('one change'), '', ask('one name'), ask('a date')]),
    ),
  );
}

/** What somebody wrote, as theirs: paragraph by paragraph, without any markup of its own. */
function quoted(text: string | undefined): string | undefined {
  const paragraphs = text?.split(/\n\s*\n|\n(?=\s*[-*|])/).map((paragraph) => `> ${inline(paragraph)}`);
  return paragraphs?.join('\n>\n');
}

function impact(events: readonly JournalEvent[]): string {
  const { impactFrom, mitigateMs } = incidentTimes(events);
  const facts =
    impactFrom === undefined
      ? ['- The objectives never broke while the run was watched.']
      : [
          `- Objectives broken from ${clockTime(impactFrom)} UTC${mitigateMs === undefined ? ', and not met again before the end' : ` for ${formatDuration(mitigateMs)}`}.`,
          ...eventsOf(beforeSubmission(events), 'objectives.changed')
            .filter((event) => !event.met)
            .slice(0, 3)
            .map((event) => `- ${clockTime(event.at)} ${inline(event.why)}`),
        ];
  return `${facts.join('\n')}\n\n${ask('Who was affected, how many, and what did it cost them?')}`;
}

function detection(events: readonly JournalEvent[]): string {
  const { detectMs, acknowledgeMs } = incidentTimes(events);
  const took = (ms: number | undefined) => (ms === undefined ? 'not in the journal' : formatDuration(ms));
  return `- Time to detect: ${took(detectMs)}\n- Time to acknowledge: ${took(acknowledgeMs)}`;
}

function repair(events: readonly JournalEvent[]): string {
  const { mitigateMs, resolveMs } = incidentTimes(events);
  const took = (ms: number | undefined) => (ms === undefined ? 'not reached' : formatDuration(ms));
  const refused = eventsOf(events, 'deploy.failed').length;
  const harm = rollOutHarm(events)?.total;
  return [
    `- Time to mitigate: ${took(mitigateMs)}`,
    `- Time to resolve: ${took(resolveMs)}`,
    `- Deploys: ${eventsOf(events, 'deploy.finished').length} live, ${refused} refused`,
    ...(harm ? [`- From the first deploy to the submission: ${describeHarm(harm)}`] : []),
  ].join('\n');
}
