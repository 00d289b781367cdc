import type { Evidence, PhaseEvidence } from '../domain/evidence.ts';
import type { Check } from '../domain/verdict.ts';

const absent = { ok: false, reason: 'no load was played' } as const;

const unplayed: PhaseEvidence = {
  ...{ from: 0, to: 0 },
  ...{ load: absent, statements: absent, tables: absent, activity: absent, plans: absent, redis: absent },
  ...{ queues: absent, processes: absent, machine: absent, app: absent, ledgers: absent, invariants: absent },
};

/** What is known of a version that was asked for its answers and put under no load. */
export function surveyOnly({ survey, originalSurvey }: Pick<Evidence, 'survey' | 'originalSurvey'>): Evidence {
  return { survey, originalSurvey, phases: { steady: unplayed, incident: unplayed }, faults: [], replicas: 0 };
}

/** Whether a check comes out by the survey alone, going by the evidence of one version: so it does for every other. */
export function needsNoLoad(check: Check, evidence: Evidence): boolean {
  return check.judge(surveyOnly(evidence)).outcome !== 'inconclusive';
}
