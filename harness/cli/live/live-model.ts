import type { JournalEvent, LiveSample } from '../../domain/journal.ts';
import { type TimelineLine, timelineOf } from '../../reports/timeline.ts';

/** What the live view shows of the journal so far. */
export interface LiveModel {
  readonly phase: string;
  readonly sample: LiveSample | undefined;
  /** Worst p95 of any request, milliseconds, per sample, oldest first. */
  readonly worstP95: readonly number[];
  readonly objectives: { readonly met: boolean; readonly why: string } | undefined;
  readonly timeline: readonly TimelineLine[];
}

export const emptyModel: LiveModel = {
  phase: 'booting',
  sample: undefined,
  worstP95: [],
  objectives: undefined,
  timeline: [],
};

/** As many samples and lines as the widest and tallest terminal shows. */
const kept = 200;

/** The model after one more event. */
export function reduceEvent(model: LiveModel, event: JournalEvent): LiveModel {
  const timeline = [...model.timeline, ...timelineOf([event])].slice(-kept);
  switch (event.type) {
    case 'phase.started':
      return { ...model, timeline, phase: event.phase };
    case 'live.sampled':
      return {
        ...model,
        sample: event.sample,
        worstP95: [...model.worstP95, worstRequest(event.sample)?.p95 ?? 0].slice(-kept),
      };
    case 'objectives.changed':
      return { ...model, timeline, objectives: { met: event.met, why: event.why } };
    default:
      return { ...model, timeline };
  }
}

/** The request with the greatest p95. */
export function worstRequest(sample: LiveSample): { readonly name: string; readonly p95: number } | undefined {
  return Object.entries(sample.requests)
    .map(([name, { p95 }]) => ({ name, p95 }))
    .reduce<{ name: string; p95: number } | undefined>(
      (worst, next) => (worst === undefined || next.p95 > worst.p95 ? next : worst),
      undefined,
    );
}
