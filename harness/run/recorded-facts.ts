import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Evidence, PlanSeen, StatementFigures } from '../domain/evidence.ts';
import type { RecordedFacts } from '../domain/fact-check.ts';
import type { JournalEvent } from '../domain/journal.ts';
import type { Trace } from '../domain/trace.ts';
import { readJournal } from './journal.ts';
import { recordedPlans } from './recorded-plans.ts';
import { recordedTraces } from './recorded-traces.ts';

/** What was measured while the last submission of a run was judged; undefined before, and when the file can't be read. */
export function recordedEvidence(directory: string): Evidence | undefined {
  try {
    return JSON.parse(readFileSync(join(directory, 'evidence-hold.json'), 'utf8')) as Evidence;
  } catch {
    return undefined;
  }
}

interface Recorded {
  /** Measured while the submission was judged, if it was. */
  readonly evidence: Evidence | undefined;
  readonly events: readonly JournalEvent[];
  readonly plans: readonly PlanSeen[];
  readonly traces: readonly Trace[];
}

/** Everything that a diagnosis of this run can cite. */
export async function recordedFacts(directory: string): Promise<RecordedFacts> {
  return factsOf({
    evidence: recordedEvidence(directory),
    events: readJournal(join(directory, 'events.jsonl')),
    plans: await recordedPlans(directory),
    traces: recordedTraces(directory),
  });
}

/** The same out of what was recorded, wherever it was. Throws whatever reading something malformed throws. */
export function factsOf({ evidence, events, plans, traces }: Recorded): RecordedFacts {
  const incident = evidence?.phases.incident;
  const statements = incident?.statements.ok ? incident.statements.value.statements : [];
  return {
    isJudged: evidence !== undefined,
    statements: new Map(statements.map((statement) => [statementId(statement), statement])),
    survey: {
      before: evidence?.originalSurvey.ok ? evidence.originalSurvey.value : [],
      after: evidence?.survey.ok ? evidence.survey.value : [],
    },
    samples: events.flatMap((event) =>
      event.type === 'live.sampled' ? [{ time: event.at.slice(11, 19), sample: event.sample }] : [],
    ),
    plans,
    traces,
    ledgers: incident?.ledgers.ok ? incident.ledgers.value : undefined,
  };
}

/** The same for the same statement, in every run. */
function statementId({ query }: StatementFigures): string {
  return createHash('sha256').update(query).digest('hex').slice(0, 8);
}
