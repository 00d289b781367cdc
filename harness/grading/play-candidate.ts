import { ExitCode, GamedayError } from '../domain/errors.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { Scenario } from '../domain/scenario.ts';
import type { GradedArm } from '../domain/scorecard.ts';
import type { Outcome } from '../domain/verdict.ts';
import type { Play } from '../run/play-and-judge.ts';
import type { PlannedArm } from '../run/proof-arms.ts';
import { findHandedOut, findPatches } from '../run/scenario-files.ts';
import { notSurveyed, onStage, playOnce, type Stage, type StageOptions } from '../run/stage.ts';
import { judgeHidden } from './hidden-checks.ts';

/** What a candidate was given. */
export interface Exercise {
  readonly scenario: Scenario;
  readonly variant: string;
}

/** Flawed, reference and candidate as they were played beside each other, and what was measured of each when it came out so. */
export interface PlayedCandidate {
  readonly arms: readonly GradedArm[];
  readonly evidence: Readonly<Partial<Record<GradedArm['arm'], Evidence>>>;
  /** Why nothing can be said about the candidate; empty when something can. */
  readonly reasons: readonly string[];
}

/** An arm whose outcome is known beforehand has this many plays to come out so, and the candidate's has as many for two to agree. */
const mostPlays = 3;

/**
 * Plays a candidate's version beside the app as handed out and the reference solution, on one machine, with the same chance and, where the options say so, confinement. When the
 * first does not fail or the second does not pass, this machine can't tell them apart, and nothing is said about the candidate. What is no pass at first is played again until two
 * plays agree.
 *
 * @param patch the changes to the app as it was handed out; undefined when there are none
 * @throws GamedayError when the machine can't play at all
 */
export async function playCandidate(
  exercise: Exercise,
  patch: string | undefined,
  options: StageOptions & { readonly onArm?: (arm: GradedArm) => void },
): Promise<PlayedCandidate> {
  const arms: GradedArm[] = [];
  const evidence: Partial<Record<GradedArm['arm'], Evidence>> = {};
  const reasons: string[] = [];
  const keep = (arm: GradedArm['arm'], plays: readonly Play[]) => {
    const graded = gradedArm(arm, plays);
    const last = plays.at(-1)!.evidence;
    arms.push(graded);
    if (last) evidence[arm] = last;
    options.onArm?.(graded);
    return graded.outcome;
  };
  await onStage(exercise.scenario, exercise.scenario.definition.size, options, async (stage) => {
    const flawed = keep('flawed', await playUntil('fail', () => playFlawed(stage, exercise)));
    if (flawed !== 'fail') reasons.push(untold('app as handed out', flawed));
    const reference = keep('reference', await playUntil('pass', () => playReference(stage, exercise, evidence.flawed)));
    if (reference !== 'pass') reasons.push(untold('reference solution', reference));
    if (reasons.length > 0) return;
    keep('candidate', await playUntilAgreed(() => playStranger(stage, exercise, patch, evidence.flawed)));
  });
  return { arms, evidence, reasons };
}

/** Plays the app as it was handed out. */
export async function playFlawed(stage: Stage, exercise: Exercise): Promise<Play> {
  return playOnce(stage, plan(exercise, 'flawed', []), 'itself');
}

/** Plays the reference solution. @param flawed what was measured of the app as handed out, to compare with */
export async function playReference(stage: Stage, exercise: Exercise, flawed: Evidence | undefined): Promise<Play> {
  const { solution } = await findPatches(exercise.scenario);
  return playJudged(stage, plan(exercise, 'solution', [solution]), flawed);
}

/** Plays somebody's changes. What does not build fails, as an app that does not start would. */
export async function playStranger(
  stage: Stage,
  exercise: Exercise,
  patch: string | undefined,
  flawed: Evidence | undefined,
): Promise<Play> {
  try {
    return await playJudged(stage, plan(exercise, 'accepted', patch === undefined ? [] : [patch]), flawed);
  } catch (error) {
    stage.options.signal.throwIfAborted();
    if (!(error instanceof GamedayError && error.exitCode === ExitCode.usage)) throw error;
    const builds = { check: 'app-builds', claim: 'The app builds', outcome: 'fail', figures: [] } as const;
    return { judgement: { outcome: 'fail', results: [{ ...builds, summary: error.message }], reasons: [] } };
  }
}

async function playJudged(stage: Stage, arm: PlannedArm, flawed: Evidence | undefined): Promise<Play> {
  return judgeHidden(await playOnce(stage, arm, flawed?.survey ?? notSurveyed), flawed);
}

function plan({ scenario, variant }: Exercise, kind: PlannedArm['kind'], patches: readonly string[]): PlannedArm {
  const { size } = scenario.definition;
  return { variant, name: kind, kind, size, patches: [...findHandedOut(scenario), ...patches] };
}

const untold = (version: string, outcome: Outcome) =>
  `here the ${version} comes out ${outcome}: this machine can’t tell right from wrong now`;

async function playUntil(outcome: Outcome, play: () => Promise<Play>): Promise<readonly Play[]> {
  const plays: Play[] = [];
  while (plays.length < mostPlays && plays.at(-1)?.judgement.outcome !== outcome) plays.push(await play());
  return plays;
}

async function playUntilAgreed(play: () => Promise<Play>): Promise<readonly Play[]> {
  const first = await play();
  const plays = [first];
  // A pass is no accident, and what was not measured does not depend on the machine.
  if (first.judgement.outcome === 'pass' || first.evidence === undefined) return plays;
  while (plays.length < mostPlays && !plays.some((one) => alike(plays, one) > 1)) plays.push(await play());
  return plays;
}

/** How the last play came out, and how many came out alike; a candidate's is inconclusive when no two of several do. */
function gradedArm(arm: GradedArm['arm'], plays: readonly Play[]): GradedArm {
  const last = plays.at(-1)!;
  const agreeing = arm === 'candidate' ? alike(plays, last) : 1;
  const figures = { arm, plays: plays.length, agreeing, ...last.judgement };
  if (arm !== 'candidate') return figures;
  return plays.length > 1 && agreeing === 1
    ? { ...figures, outcome: 'inconclusive', reasons: [`${plays.length} plays came out in as many ways`] }
    : { ...figures, outcome: standing(last) };
}

/**
 * How a stranger's play came out. A check that failed counts also where a fault was not seen or the load not sent: beside it both others came through, so that is no trouble of
 * this machine but what became of the app. A check that a busy machine excuses has not failed.
 */
export function standing({ judgement: { outcome, results } }: Play): Outcome {
  return outcome === 'inconclusive' && results.some((result) => result.outcome === 'fail') ? 'fail' : outcome;
}

const alike = (plays: readonly Play[], one: Play) => plays.filter((other) => standing(other) === standing(one)).length;
