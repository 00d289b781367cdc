import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Evidence } from '../../harness/domain/evidence.ts';
import { concernsOf } from '../../harness/grading/concerns.ts';
import {
  type Exercise,
  playFlawed,
  playReference,
  playStranger,
  standing,
} from '../../harness/grading/play-candidate.ts';
import { confinement, whyNotConfined } from '../../harness/platform/confinement.ts';
import { projectRoot, removeTemporaryDirectory, temporaryDirectory } from '../../harness/platform/files.ts';
import { findScenario } from '../../harness/run/catalogue.ts';
import type { Play } from '../../harness/run/play-and-judge.ts';
import { onStage, type Stage } from '../../harness/run/stage.ts';
import { changesBy } from '../support/submissions.ts';
import { exercise as cheatedIn, endAtOnce, type Played, seenUnderLoad } from './played.ts';

/** Strangers' code is run only where it is kept away from everything else. */
const whyNot = whyNotConfined();
/** The others are played in CI, a quarter of a minute each. */
const all = process.env.GAMEDAY_ALL_CHEATS !== undefined;

let directory: string;
let exercise: Exercise;
let stage: Stage;
let leave: () => void;
let left: Promise<void>;

beforeAll(async () => {
  if (whyNot !== undefined) return;
  directory = temporaryDirectory('cheats');
  exercise = { scenario: await findScenario(cheatedIn.scenario), variant: cheatedIn.variant };
  await new Promise<void>((entered, failed) => {
    const options = {
      seed: 7,
      confinement: confinement(),
      lookAlsoAt: [0.11, 0.37, 0.62, 0.88],
      signal: new AbortController().signal,
    };
    left = onStage(exercise.scenario, exercise.scenario.definition.size, options, async (booted) => {
      stage = booted;
      entered();
      await new Promise<void>((resolve) => {
        leave = resolve;
      });
    });
    left.catch(failed);
  });
});

afterAll(async () => {
  leave?.();
  await left;
  if (directory) removeTemporaryDirectory(directory);
});

async function playCheat(
  { edit }: Played,
  flawed?: Evidence,
): Promise<{ readonly play: Play; readonly changes: string }> {
  const patch = join(directory, 'cheat.patch');
  const changes = await changesBy(edit);
  await writeFile(patch, changes);
  return { play: await playStranger(stage, exercise, patch, flawed), changes };
}

const told = ({ judgement: { results, reasons } }: Play) => [
  ...reasons,
  ...results.filter(({ outcome }) => outcome !== 'pass').map(({ check, summary }) => `${check}: ${summary}`),
];

const nothingOwned = () =>
  ['/tmp', '/var/tmp', '/dev/shm', projectRoot].filter((place) => existsSync(join(place, 'gameday-owned')));

describe.skipIf(whyNot !== undefined)(
  'a submission does not get so far as to be measured that',
  { timeout: 60_000 },
  () => {
    it.each(endAtOnce)('$name', async (cheat) => {
      const { play } = await playCheat(cheat);
      expect(play.judgement.outcome).toBe(cheat.grade);
      expect(told(play).join('\n').replaceAll('\n', ' ')).toMatch(cheat.because);
      expect(play.evidence).toBeUndefined();
    });
  },
);

describe.skipIf(whyNot !== undefined || !all)('a submission does not pass that', { timeout: 120_000 }, () => {
  let flawed: Evidence | undefined;

  beforeAll(async () => {
    const [one, other] = [await playFlawed(stage, exercise), await playReference(stage, exercise, undefined)];
    flawed = one.evidence;
    expect([one.judgement.outcome, other.judgement.outcome]).toEqual(['fail', 'inconclusive']);
  }, 120_000);

  it.each(seenUnderLoad)('$name', async (cheat) => {
    const { play, changes } = await playCheat(cheat, flawed);
    const { instruments } = concernsOf(changes);
    const outcome = standing(play);
    const grade = outcome === 'pass' && instruments.length > 0 ? 'inconclusive' : outcome;
    expect(grade).toBe(cheat.grade);
    expect([...told(play), ...instruments].join('\n')).toMatch(cheat.because);
    expect(nothingOwned()).toEqual([]);
  });
});
