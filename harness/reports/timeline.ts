import type { JournalEvent } from '../domain/journal.ts';
import { formatCost, outcomeSigns } from './format.ts';

/** Who caused a line: the harness's incident, the participant, or the system that answered. */
type TimelineKind = 'incident' | 'participant' | 'system' | 'verdict';

export interface TimelineLine {
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly kind: TimelineKind;
  /** One fact. May contain what a participant wrote: escape it before showing. */
  readonly text: string;
}

/**
 * The story of a run in order: faults, service levels, deploys, queries, notes, hints, verdicts. Samples and routine starts are left out.
 * The live incident comes in waves, each with the same faults: the first wave is told, the others are not.
 */
export function timelineOf(events: readonly JournalEvent[]): readonly TimelineLine[] {
  return events.reduce(tellEvent, untold).lines;
}

/** A story told so far. */
export interface Story {
  readonly lines: readonly TimelineLine[];
  /** What is not told a second time. */
  readonly told: ReadonlySet<string>;
}

export const untold: Story = { lines: [], told: new Set() };

/** The story with one more event. */
export function tellEvent({ lines, told }: Story, event: JournalEvent): Story {
  // After the submission the incident is a new one.
  if (event.type === 'submitted') return { lines: [...lines, lineOf(event)!], told: new Set() };
  const once = 'fault' in event ? `${event.type} ${event.fault}` : undefined;
  if (once !== undefined && told.has(once)) return { lines, told };
  const line = lineOf(event);
  return {
    lines: line === undefined ? lines : [...lines, line],
    told: once === undefined ? told : new Set([...told, once]),
  };
}

function lineOf(event: JournalEvent): TimelineLine | undefined {
  const described = describe(event);
  return described === undefined ? undefined : { at: event.at, kind: described[0], text: described[1] };
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
    case 'noise.started':
      return ['incident', `Noise ${event.fault}, harmless: ${event.summary}`];
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
    case 'roll-out.started':
      return ['incident', 'The version to be judged is rolled out'];
    case 'roll-out.ended':
      return event.refused
        ? ['incident', `Roll-out refused at ${event.refused.stage}: ${event.refused.problem}`]
        : ['incident', `Rolled out after ${event.seconds.toFixed(1)} s${migrated(event.migrations)}`];
    case 'hint.taken':
      return ['participant', `Hint ${event.hint} taken${formatCost(event.cost)}`];
    case 'note.added':
      return ['participant', `Note: ${event.text}`];
    case 'sql.run':
      return [
        'participant',
        `${event.kind === 'sql' ? 'SQL' : 'EXPLAIN'}${event.ok ? '' : ' (failed)'}: ${event.statement}`,
      ];
    case 'objectives.changed':
      return ['system', event.met ? `Objectives met: ${event.why}` : `Objectives broken: ${event.why}`];
    case 'harness.troubled':
      return ['system', `Trouble of the harness: ${event.problem}`];
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
