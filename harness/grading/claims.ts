import { parseDiagnosis } from '../domain/diagnosis.ts';
import type { Evidence, PlanSeen } from '../domain/evidence.ts';
import { checkClaim } from '../domain/fact-check.ts';
import type { JournalEvent } from '../domain/journal.ts';
import { type GradedClaim, type GradedDiagnosis, gradeDiagnosis } from '../domain/scorecard.ts';
import type { Trace } from '../domain/trace.ts';
import { factsOf } from '../run/recorded-facts.ts';
import type { Submission } from './read-submission.ts';
import { readable } from './readable.ts';

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
  const sent = recordSent(submission);
  const asSent = readable(() => factsOf(sent));
  const again = measured && factsOf({ ...sent, evidence: measured });
  const claims = diagnosis.claims.map((claim): GradedClaim => {
    const isAgain = again !== undefined && measuredAgain.has(claim.kind);
    const facts = isAgain ? again : asSent;
    const checked = facts && readable(() => checkClaim(claim, facts));
    const unread = { ...claim, verdict: 'not checkable', why: 'the record that was sent can’t be read' } as const;
    return { ...(checked ?? unread), against: isAgain && checked ? 'measured again' : 'as sent in' };
  });
  return gradeDiagnosis(diagnosis, claims);
}

function recordSent({ evidence, journal, plans, traces }: Submission): Parameters<typeof factsOf>[0] {
  return {
    evidence: fromJson<Evidence>(evidence),
    events: journalOf(journal),
    plans: fromJson<readonly PlanSeen[]>(plans) ?? [],
    traces: lines<Trace>(traces),
  };
}

/** The events of a journal that was sent, without those that are none. */
export function journalOf(text: string | undefined): readonly JournalEvent[] {
  return lines<JournalEvent>(text).filter(
    (event) => typeof event?.type === 'string' && typeof event.at === 'string' && !Number.isNaN(Date.parse(event.at)),
  );
}

function lines<T>(text: string | undefined): readonly T[] {
  return (text ?? '').split('\n').flatMap((line) => fromJson<T>(line) ?? []);
}

const fromJson = <T>(text = ''): T | undefined => readable(() => JSON.parse(text) as T);
