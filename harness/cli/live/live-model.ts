import type { JournalEvent, LiveSample } from '../../domain/journal.ts';
import { type Story, tellEvent, untold } from '../../reports/timeline.ts';

/** What the live view shows of the journal so far. */
export interface LiveModel {
  readonly phase: string;
  readonly sample: LiveSample | undefined;
  /** Worst p95 of any request, milliseconds, per sample, oldest first. */
  readonly worstP95: readonly number[];
  readonly objectives: { readonly met: boolean; readonly why: string } | undefined;
  readonly story: Story;
}

export const emptyModel: LiveModel = {
  phase: 'booting',
  sample: undefined,
  worstP95: [],
  objectives: undefined,
  story: untold,
};

/** As many samples as the widest terminal shows. */
const kept = 200;

/** The model after one more event. What the harness injects is told by the report afterwards: whoever is on call has to find out. */
export function reduceEvent(model: LiveModel, event: JournalEvent): LiveModel {
  const story = 'fault' in event ? model.story : tellEvent(model.story, event);
  switch (event.type) {
    case 'phase.started':
      return { ...model, story, phase: event.phase };
    case 'live.sampled':
      return {
        ...model,
        sample: event.sample,
        worstP95: [...model.worstP95, worstRequest(event.sample)?.p95 ?? 0].slice(-kept),
      };
    case 'objectives.changed':
      return { ...model, story, objectives: { met: event.met, why: event.why } };
    default:
      return { ...model, story };
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
