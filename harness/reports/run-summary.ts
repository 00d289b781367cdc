import type { JournalEvent } from '../domain/journal.ts';
import type { CheckResult, Outcome } from '../domain/verdict.ts';

/** What a whole journal says in short. */
export interface RunSummary {
  readonly scenario: string;
  readonly variant: string;
  readonly size: string;
  readonly startedAt: string | undefined;
  readonly endedAt: string | undefined;
  readonly endedBecause: string | undefined;
  readonly submitted: boolean;
  /** Of the submission; absent when nothing was submitted or judged. */
  readonly outcome: Outcome | undefined;
  readonly results: readonly CheckResult[];
  readonly reasons: readonly string[];
  /** Whether the objectives were met when last looked at; absent when never looked at. */
  readonly objectivesMet: boolean | undefined;
  readonly deploys: number;
  readonly hints: number;
  /** Points spent on hints, of 100. */
  readonly hintPoints: number;
}

type EventOf<T extends JournalEvent['type']> = Extract<JournalEvent, { type: T }>;

/** Every event of one type, in order. */
export function eventsOf<T extends JournalEvent['type']>(
  events: readonly JournalEvent[],
  type: T,
): readonly EventOf<T>[] {
  return events.filter((event): event is EventOf<T> => event.type === type);
}

/** What happened live: the events up to the submission, or all when there was none. */
export function beforeSubmission(events: readonly JournalEvent[]): readonly JournalEvent[] {
  const submission = events.findIndex((event) => event.type === 'submitted');
  return submission < 0 ? events : events.slice(0, submission);
}

/** The journal in short; works on any part of it. */
export function summarise(events: readonly JournalEvent[]): RunSummary {
  const started = eventsOf(events, 'run.started').at(0);
  const ended = eventsOf(events, 'run.ended').at(-1);
  const judged = eventsOf(events, 'judged');
  const verdict = judged.findLast((event) => event.arm === 'submission') ?? judged.at(-1);
  const hints = eventsOf(events, 'hint.taken');
  return {
    scenario: started?.scenario ?? 'unknown',
    variant: started?.variant ?? 'unknown',
    size: started?.size ?? 'unknown',
    startedAt: started?.at ?? events.at(0)?.at,
    endedAt: ended?.at,
    endedBecause: ended?.why,
    submitted: events.some((event) => event.type === 'submitted'),
    outcome: verdict?.outcome,
    results: verdict?.results ?? [],
    reasons: verdict?.reasons ?? [],
    objectivesMet: eventsOf(events, 'objectives.changed').at(-1)?.met,
    deploys: eventsOf(events, 'deploy.finished').length,
    hints: hints.length,
    hintPoints: hints.reduce((sum, hint) => sum + hint.cost, 0),
  };
}
