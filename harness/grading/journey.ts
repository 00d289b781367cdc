import type { JournalEvent } from '../domain/journal.ts';
import type { Journey } from '../domain/scorecard.ts';
import { incidentTimes } from '../reports/incident-times.ts';
import { rollOutHarm } from '../reports/roll-out-harm.ts';
import { summarise } from '../reports/run-summary.ts';

/** How a candidate got to the submission, as the journal that came with it tells. One that can't be read tells nothing. */
export function journeyOf(events: readonly JournalEvent[]): Journey {
  try {
    const { outcome, deploys, hints } = summarise(events);
    const { impactFrom: _, ...times } = incidentTimes(events);
    const harm = rollOutHarm(events)?.total;
    return {
      ...(outcome && { verdict: outcome }),
      ...{ deploys, hints },
      ...times,
      ...(harm && {
        rollOut: { failed: harm.failed, requests: harm.requests, worstP95Ms: Math.round(harm.worstP95Ms) },
      }),
    };
  } catch {
    return { deploys: 0, hints: 0 };
  }
}
