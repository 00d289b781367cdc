import type { GameDayState } from '../domain/game-day.ts';
import type { JournalEvent } from '../domain/journal.ts';
import type { MetricFamily } from '../domain/prometheus-text.ts';
import type { CheckResult } from '../domain/verdict.ts';
import { family } from './family.ts';

/** How the game day goes: objectives, deploys, and for a facilitator which faults are in force. */
export interface IncidentMetrics {
  /** One more event of the journal. */
  tell(event: JournalEvent): void;
  /** The objectives as they were just judged. */
  judged(results: readonly CheckResult[]): void;
  families(state: GameDayState): readonly MetricFamily[];
}

/**
 * Nothing told yet.
 * @param facilitator also names faults. Whoever is on call has to find out: never for a participant
 */
export function createIncidentMetrics({ facilitator }: { readonly facilitator: boolean }): IncidentMetrics {
  const faults = new Map<string, number>();
  const deploys: { readonly deploy: string; readonly outcome: string; readonly at: number }[] = [];
  let objectives: readonly CheckResult[] = [];

  return {
    tell(event) {
      if (event.type === 'fault.injected') faults.set(event.fault, 1);
      if (event.type === 'fault.undone') faults.set(event.fault, 0);
      if (event.type === 'deploy.finished' || event.type === 'deploy.failed') {
        const outcome = event.type === 'deploy.finished' ? 'live' : 'refused';
        deploys.push({ deploy: String(event.deploy), outcome, at: Date.parse(event.at) / 1_000 });
      }
    },
    judged(results) {
      objectives = results;
    },
    families: (state) => [
      family('gauge', 'gameday_info', 'What is played', [
        [{ run: state.run, scenario: state.scenario, variant: state.variant, size: state.size }, 1],
      ]),
      family('gauge', 'gameday_stage', 'The stage the game day is in', [[{ stage: state.stage }, 1]]),
      family(
        'gauge',
        'gameday_objective_ok',
        'Whether an objective was met when it was last judged; absent when that was inconclusive',
        objectives
          .filter(({ outcome }) => outcome !== 'inconclusive')
          .map(({ check, outcome }) => [{ check }, outcome === 'pass' ? 1 : 0] as const),
      ),
      family(
        'gauge',
        'gameday_deploy_timestamp_seconds',
        'When a deploy was live or refused',
        deploys.map(({ deploy, outcome, at }) => [{ deploy, outcome }, at] as const),
      ),
      ...(facilitator
        ? [
            family(
              'gauge',
              'gameday_fault_active',
              'Whether a fault is in force; only told to facilitators',
              [...faults].map(([fault, active]) => [{ fault }, active] as const),
            ),
          ]
        : []),
    ],
  };
}
