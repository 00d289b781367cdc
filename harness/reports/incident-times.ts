import type { JournalEvent } from '../domain/journal.ts';
import { beforeSubmission } from './run-summary.ts';

/** Milliseconds from the moment customers were hurt to each milestone; absent where the journal does not show it. */
export interface IncidentTimes {
  /** When the objectives first broke after the incident began, RFC 3339. */
  readonly impactFrom?: string;
  /** Time to detect: the first query, note, hint or deploy, the earliest sign in the journal that somebody was looking. */
  readonly detectMs?: number;
  /** Time to acknowledge: the first note, the earliest written statement that there is an incident. */
  readonly acknowledgeMs?: number;
  /** Time to mitigate: the objectives are met again, and stay met until the end or the submission. */
  readonly mitigateMs?: number;
  /** Time to resolve: the submission that was judged a pass. */
  readonly resolveMs?: number;
}

const lookingAround: ReadonlySet<JournalEvent['type']> = new Set([
  'sql.run',
  'note.added',
  'hint.taken',
  'deploy.started',
]);

/** Derives the times of an incident from its journal. The four are kept apart because each has its own remedy. */
export function incidentTimes(events: readonly JournalEvent[]): IncidentTimes {
  const incident = events.findIndex((event) => event.type === 'phase.started' && event.phase === 'incident');
  if (incident < 0) return {};
  const live = beforeSubmission(events.slice(incident));
  const broken = live.findIndex((event) => event.type === 'objectives.changed' && !event.met);
  const impact = live[broken];
  if (impact === undefined) return {};

  const since = (event: JournalEvent | undefined) =>
    event === undefined ? undefined : Date.parse(event.at) - Date.parse(impact.at);
  const after = live.slice(broken);
  const lastChange = after.findLast((event) => event.type === 'objectives.changed');
  const passed = events.some(
    (event) => event.type === 'judged' && event.arm === 'submission' && event.outcome === 'pass',
  );
  return {
    impactFrom: impact.at,
    detectMs: since(after.find((event) => lookingAround.has(event.type))),
    acknowledgeMs: since(after.find((event) => event.type === 'note.added')),
    mitigateMs: lastChange?.type === 'objectives.changed' && lastChange.met ? since(lastChange) : undefined,
    resolveMs: passed ? since(events.find((event) => event.type === 'submitted')) : undefined,
  };
}
