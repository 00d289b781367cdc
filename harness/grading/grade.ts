import { join } from 'node:path';
import { ExitCode, GamedayError } from '../domain/errors.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { JournalEvent } from '../domain/journal.ts';
import { seededNumbers } from '../domain/random.ts';
import type { Rubric } from '../domain/rubric.ts';
import type { ChangedFile, GradedArm, Scorecard } from '../domain/scorecard.ts';
import type { Confinement } from '../platform/confinement.ts';
import { removeTemporaryDirectory, temporaryDirectory } from '../platform/files.ts';
import { thisMachine } from '../platform/this-machine.ts';
import { importDefault } from '../run/catalogue.ts';
import { findHandedOut } from '../run/scenario-files.ts';
import { gradeClaims, journalOf } from './claims.ts';
import { concernsOf } from './concerns.ts';
import { exerciseOf, variantConcerns } from './exercise.ts';
import { gradeAnswers } from './grade-answers.ts';
import { journeyOf } from './journey.ts';
import { playCandidate } from './play-candidate.ts';
import { readSubmission, type Submission } from './read-submission.ts';
import { takeChanges } from './take-changes.ts';

export interface GradeOptions {
  /** Undefined: the candidate's code runs as we do. */
  readonly confinement: Confinement | undefined;
  /** How it is kept away from everything else, in words. */
  readonly isolation: string;
  /** What chance depends on, among it which rows are looked at: unknown to whoever is graded. */
  readonly seed: number;
  /** Takes the app's figures as they are even where the candidate changed where they come from: somebody has read it. */
  readonly allowInstruments?: boolean;
  readonly signal: AbortSignal;
  readonly onStep?: (step: string, share?: number) => void;
  readonly onArm?: (arm: GradedArm) => void;
}

/** A graded submission with what a report is made of. */
export interface Graded {
  readonly scorecard: Scorecard;
  readonly submission: Submission;
  readonly evidence: Readonly<Partial<Record<GradedArm['arm'], Evidence>>>;
  /** The journal that was sent. */
  readonly events: readonly JournalEvent[];
}

/** How many rows of its pools each request is looked at with that nobody has seen before. */
const hiddenRows = 8;

/**
 * Grades what a candidate sent back. The app is built from this project's own copy and the candidate's source and migrations, nothing else of the submission is run, and what it says
 * about itself is believed only where nothing better is known.
 *
 * @param file an archive of `gameday submit`
 * @throws usageError `SUBMISSION_UNREADABLE`, `SUBMISSION_REFUSED`, `EXERCISE_UNKNOWN`; and a GamedayError when this machine can't play at all. Changes that are refused are a
 * scorecard that says so
 */
export async function grade(file: string, options: GradeOptions): Promise<Graded> {
  const submission = readSubmission(file);
  const { scenario, variant } = await exerciseOf(file, submission);
  const { takeHome, changes } = submission;
  const inFiles = await gradeAnswers(file, submission);
  const { instruments, unusual } = concernsOf(changes);
  const { seed, isolation } = options;
  const { facts, dimensions } = (await importDefault(join(scenario.folder, 'rubric.ts'))) as Rubric;
  const events = journalOf(submission.journal);
  const scorecard = {
    format: 1,
    ...{ candidate: takeHome.candidate, run: takeHome.run, scenario: scenario.id, variant, seed, isolation },
    title: scenario.definition.title,
    gradedAt: new Date().toISOString(),
    machine: thisMachine(),
    journey: journeyOf(events),
    facts,
    answers: inFiles.answers,
    human: [...dimensions, ...inFiles.human],
    concerns: [...variantConcerns(scenario, variant, takeHome.candidate), ...instruments, ...unusual],
  } as const;
  const scratch = temporaryDirectory('grade');
  try {
    const patch = join(scratch, 'changes.patch');
    const handedOut = findHandedOut(scenario);
    let taken: readonly ChangedFile[];
    try {
      taken = await takeChanges({ changes, handedOut }, { directory: join(scratch, 'app'), patch });
    } catch (error) {
      if (!(error instanceof GamedayError && error.exitCode === ExitCode.usage)) throw error;
      const unplayed = { grade: 'refused', reasons: [error.message], arms: [], changes: [] } as const;
      return { scorecard: withDiagnosis({ ...scorecard, ...unplayed }, submission), submission, evidence: {}, events };
    }
    const lookAlsoAt = Array.from({ length: hiddenRows }, (_, i) => i).map(seededNumbers(seed, 'rows'));
    const { confinement, signal, onStep, onArm } = options;
    const played = await playCandidate({ scenario, variant }, taken.length === 0 ? undefined : patch, {
      ...{ seed, signal, lookAlsoAt },
      ...(confinement && { confinement }),
      ...(onStep && { onStep }),
      ...(onArm && { onArm }),
    });
    const candidate = played.arms.find(({ arm }) => arm === 'candidate');
    const reasons = [...played.reasons, ...(candidate?.reasons ?? [])];
    const grade = candidate?.outcome ?? 'inconclusive';
    const isUnread = grade === 'pass' && instruments.length > 0 && !options.allowInstruments;
    const verdict = isUnread
      ? {
          grade: 'inconclusive' as const,
          reasons: instruments.map((where) => `${where}; read it, then grade with --allow-instruments`),
        }
      : { grade, reasons };
    return {
      scorecard: withDiagnosis(
        { ...scorecard, ...verdict, arms: played.arms, changes: taken },
        submission,
        played.evidence.candidate,
      ),
      submission,
      evidence: played.evidence,
      events,
    };
  } finally {
    removeTemporaryDirectory(scratch);
  }
}

function withDiagnosis(scorecard: Scorecard, submission: Submission, measured?: Evidence): Scorecard {
  const diagnosis = gradeClaims(submission, measured);
  return diagnosis === undefined ? scorecard : { ...scorecard, diagnosis };
}
