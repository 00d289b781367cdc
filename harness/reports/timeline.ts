import type { JournalEvent } from '../domain/journal.ts';
import { outcomeSigns } from './format.ts';

/** Who caused a line: the harness's incident, the participant, or the system that answered. */
export type TimelineKind = 'incident' | 'participant' | 'system' | 'verdict';

export interface TimelineLine {
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly kind: TimelineKind;
  /** One fact. May contain what a participant wrote: escape it before showing. */
  readonly text: string;
}

/** The story of a run in order: faults, service levels, deploys, queries, notes, hints, verdicts. Samples and routine starts are left out. */
export function timelineOf(events: readonly JournalEvent[]): readonly TimelineLine[] {
  return events.flatMap((event) => {
    const line = describe(event);
    return line === undefined ? [] : [{ at: event.at, kind: line[0], text: line[1] }];
  });
}

function describe(event: JournalEvent): readonly [TimelineKind, string] | undefined {
  switch (event.type) {
    case 'run.started':
      return ['system', `Run started: ${event.scenario}, variant ${event.variant}, size ${event.size}`];
    case 'load.calibrated':
      return ['system', `Load set to ${Math.round(event.ratePerSecond)} requests/s: ${event.why}`];
    case 'phase.started':
      return ['incident', `Phase ${event.phase} begins`];
    case 'fault.injected':
      return ['incident', `Fault ${event.fault}: ${event.receipt}`];
    case 'fault.witnessed':
      return ['incident', `Fault ${event.fault} seen: ${event.witness}`];
    case 'fault.failed':
      return ['incident', `Fault ${event.fault} did not take: ${event.problem}`];
    case 'fault.undone':
      return ['incident', `Fault ${event.fault} undone`];
    case 'app.exited':
      return event.planned
        ? undefined
        : ['system', `${event.process} exited (${event.signal ?? `code ${event.code}`})`];
    case 'service.lost':
      return ['system', `${event.service} lost: ${event.problem}`];
    case 'deploy.started':
      return ['participant', `Deploy ${event.deploy} started`];
    case 'deploy.finished':
      return [
        'participant',
        `Deploy ${event.deploy} live after ${event.seconds.toFixed(1)} s${migrated(event.migrations)}`,
      ];
    case 'deploy.failed':
      return ['participant', `Deploy ${event.deploy} refused at ${event.stage}: ${event.problem}`];
    case 'hint.taken':
      return ['participant', `Hint ${event.hint} taken (${event.cost} points)`];
    case 'note.added':
      return ['participant', `Note: ${event.text}`];
    case 'sql.run':
      return [
        'participant',
        `${event.kind === 'sql' ? 'SQL' : 'EXPLAIN'}${event.ok ? '' : ' (failed)'}: ${event.statement}`,
      ];
    case 'objectives.changed':
      return ['system', event.met ? `Objectives met: ${event.why}` : `Objectives broken: ${event.why}`];
    case 'submitted':
      return ['participant', 'Submitted'];
    case 'judged':
      return ['verdict', `Judged (${event.arm}): ${outcomeSigns[event.outcome]} ${event.outcome}`];
    case 'run.ended':
      return ['system', `Run ended: ${event.why}`];
    default:
      return undefined;
  }
}

function migrated(names: readonly string[]): string {
  return names.length === 0 ? '' : `, migrations ${names.join(', ')}`;
}
