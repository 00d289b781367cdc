import { type Diagnosis, type DiagnosisSection, diagnosisSections } from './diagnosis.ts';
import type { CheckedClaim } from './fact-check.ts';
import type { Judgement } from './game-day.ts';
import type { GradedAnswer } from './graded-answer.ts';
import type { RubricDimension } from './rubric.ts';
import type { Outcome } from './verdict.ts';

/** What grading comes to. `refused`: the submission is not what a candidate is asked to send, and was not played. */
export type Grade = Outcome | 'refused';

/** One version of the app as it was played for a grade. */
export interface GradedArm extends Judgement {
  readonly arm: 'flawed' | 'reference' | 'candidate';
  /** How often it was played, and how often it came out so. */
  readonly plays: number;
  readonly agreeing: number;
}

/** A file that the candidate changed, with how many lines. */
export interface ChangedFile {
  readonly path: string;
  readonly added: number;
  readonly removed: number;
}

export interface GradedClaim extends CheckedClaim {
  /** What it was held against: figures that grading took itself, or the record that the candidate sent. */
  readonly against: 'measured again' | 'as sent in';
}

export interface GradedDiagnosis {
  readonly claims: readonly GradedClaim[];
  readonly uncited: Diagnosis['uncited'];
  readonly empty: readonly DiagnosisSection[];
  readonly points: number;
  readonly of: number;
}

/** Everything that is known about one submission, for people and for machines. */
export interface Scorecard {
  readonly format: 1;
  readonly candidate: string;
  readonly scenario: string;
  readonly title: string;
  readonly variant: string;
  readonly run: string;
  readonly gradedAt: string;
  readonly machine: string;
  /** How the candidate's code was kept away from everything else. */
  readonly isolation: string;
  /** Plays the same again: `gameday grade --seed`. */
  readonly seed: number;
  readonly grade: Grade;
  /** Why it is refused or inconclusive; of a failure, why it was not even played. */
  readonly reasons: readonly string[];
  readonly arms: readonly GradedArm[];
  readonly changes: readonly ChangedFile[];
  /** What a person should look at before believing anything. */
  readonly concerns: readonly string[];
  readonly diagnosis?: GradedDiagnosis;
  /** Of what was answered in files beside the game day. */
  readonly answers: readonly GradedAnswer[];
  /** From the journal that the candidate sent. */
  readonly journey: Journey;
  /** What a diagnosis at the level of the mechanism states: for people to look for. */
  readonly facts: readonly string[];
  /** For people to fill in. */
  readonly human: readonly RubricDimension[];
}

/** How the candidate got there, as the journal tells; milliseconds from the first harm. */
export interface Journey {
  readonly verdict?: Outcome;
  readonly deploys: number;
  readonly hints: number;
  readonly detectMs?: number;
  readonly acknowledgeMs?: number;
  readonly mitigateMs?: number;
  readonly resolveMs?: number;
  /** Requests that failed between the first deploy and the submission, of how many. */
  readonly rollOut?: { readonly failed: number; readonly requests: number; readonly worstP95Ms: number };
}

/** Where figures are expected; the other sections are argument. */
const withFigures: readonly DiagnosisSection[] = ['Symptom', 'How it was found', 'Root cause', 'Before and after'];
const pointsFor = { written: 1, shown: 2 };

/**
 * Points of a diagnosis, the same for the same text and record: one for each section that is written, two more for each where figures are expected and one is confirmed, and of
 * these one less where another is contradicted. So what is guessed right and not shown is worth a third of what is shown.
 */
export function gradeDiagnosis(diagnosis: Diagnosis, claims: readonly GradedClaim[]): GradedDiagnosis {
  const empty = diagnosisSections.map(({ title }) => title).filter((title) => !diagnosis.sections.has(title));
  const pointsOf = (title: DiagnosisSection) => {
    if (empty.includes(title)) return 0;
    const verdicts = claims.filter(({ section }) => section === title).map(({ verdict }) => verdict);
    const shown = withFigures.includes(title) && verdicts.includes('confirmed') ? pointsFor.shown : 0;
    return pointsFor.written + shown - (verdicts.includes('contradicted') ? 1 : 0);
  };
  const titles = diagnosisSections.map(({ title }) => title);
  return {
    claims,
    uncited: diagnosis.uncited,
    empty,
    points: titles.reduce((sum, title) => sum + pointsOf(title), 0),
    of: titles.length * pointsFor.written + withFigures.length * pointsFor.shown,
  };
}
