import { parseDiagnosis } from '../domain/diagnosis.ts';
import type { Evidence, PlanSeen } from '../domain/evidence.ts';
import { checkClaim } from '../domain/fact-check.ts';
import type { JournalEvent } from '../domain/journal.ts';
import { type GradedClaim, type GradedDiagnosis, gradeDiagnosis } from '../domain/scorecard.ts';
import type { Trace } from '../domain/trace.ts';
import { factsOf } from '../run/recorded-facts.ts';
import type { Submission } from './read-submission.ts';

/** Of these, grading takes figures itself: what the candidate sent about them need not be believed. */
const measuredAgain: ReadonlySet<string> = new Set(['statement', 'survey', 'ledger']);

/**
 * Holds a diagnosis against figures that were taken while it was graded, as far as there are such, else against the record that was sent with it. The same diagnosis, record and
 * figures give the same result. Undefined when there is no diagnosis.
 *
 * @param measured of the candidate's version; undefined when it was not played
 */
export function gradeClaims(submission: Submission, measured: Evidence | undefined): GradedDiagnosis | undefined {
  if (submission.diagnosis === undefined) return undefined;
  const diagnosis = parseDiagnosis(submission.diagnosis);
  const sent = factsSent(submission);
  const again = measured && factsOf({ ...sent, evidence: measured });
  const claims = diagnosis.claims.map((claim): GradedClaim => {
    const isAgain = again !== undefined && measuredAgain.has(claim.kind);
    try {
      const checked = checkClaim(claim, isAgain ? again : factsOf(sent));
      return { ...checked, against: isAgain ? 'measured again' : 'as sent in' };
    } catch {
      return {
        ...claim,
        verdict: 'not checkable',
        why: 'the record that was sent can’t be read',
        against: 'as sent in',
      };
    }
  });
  return gradeDiagnosis(diagnosis, claims);
}

function factsSent({ evidence, journal, plans, traces }: Submission): Parameters<typeof factsOf>[0] {
  return {
    evidence: parsed<Evidence>(evidence),
    events: journalOf(journal),
    plans: parsed<readonly PlanSeen[]>(plans) ?? [],
    traces: lines<Trace>(traces),
  };
}

/** The events of a journal that was sent, without those that are none. */
export function journalOf(text: string | undefined): readonly JournalEvent[] {
  return lines<JournalEvent>(text).filter(
    (event) => typeof event?.type === 'string' && !Number.isNaN(Date.parse(event.at)),
  );
}

function lines<T>(text: string | undefined): readonly T[] {
  return (text ?? '').split('\n').flatMap((line) => parsed<T>(line) ?? []);
}

function parsed<T>(text: string | undefined): T | undefined {
  try {
    return text === undefined || text === '' ? undefined : (JSON.parse(text) as T);
  } catch {
    return undefined;
  }
}
