import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scorecard } from '../../harness/domain/scorecard.ts';
import { projectRoot, removeTemporaryDirectory, temporaryDirectory } from '../../harness/platform/files.ts';
import { applyPatch } from '../../harness/run/workspace.ts';
import { containersOfRun, describeWithDocker } from '../support/docker.ts';
import { archiveOf, changesBy, honestEntries, takeHomeFor } from '../support/submissions.ts';
import { exercise, type Played, readsTheHarness } from './played.ts';

const image = 'gameday-test-grader';
/** Minutes; in CI. */
const all = process.env.GAMEDAY_ALL_CHEATS !== undefined;

const gameday = (args: readonly string[], env: Readonly<Record<string, string>>) =>
  execa(process.execPath, [join(projectRoot, 'harness/cli/gameday.mjs'), ...args], { reject: false, env });

let directory: string;
beforeAll(() => {
  directory = temporaryDirectory('contained');
});
afterAll(() => removeTemporaryDirectory(directory));

async function submission(candidate: string, edit: Played['edit']): Promise<string> {
  const file = join(directory, `${candidate}.tgz`);
  const takeHome = takeHomeFor(exercise.scenario, exercise.variant, candidate);
  writeFileSync(file, archiveOf(honestEntries(takeHome, await changesBy(edit))));
  return file;
}

describe('gameday grade --isolation container', () => {
  it('says where it looked for an engine when there is none', async () => {
    const file = await submission('nobody', async () => {});
    const { stderr, exitCode } = await gameday(['grade', file, '--isolation', 'container'], {
      DOCKER_HOST: 'unix:///nowhere/docker.sock',
    });
    expect(stderr).toContain('container: no Docker engine answers; tried unix:///nowhere/docker.sock (no such socket)');
    expect(stderr).toContain('--trust-candidate');
    expect(exitCode).toBe(3);
  });

  it('knows no other isolation than those that it names', async () => {
    const { stderr, exitCode } = await gameday(['grade', 'x.tgz', '--isolation', 'hope'], {});
    expect(stderr).toMatch(/container, namespaces/);
    expect(exitCode).toBe(2);
  });
});

describeWithDocker('gameday grade in a container', () => {
  it.runIf(all)(
    'lets the reference solution pass, and keeps its own files from who is graded',
    { timeout: 600_000 },
    async () => {
      await makeImage();
      const solved = await submission('ada-1', (app) =>
        applyPatch(app, join(projectRoot, `scenarios/${exercise.scenario}/solution/fix.patch`)),
      );
      const reading = await submission('eve-2', readsTheHarness('/gameday').edit);
      const grades = join(directory, 'grades');
      const { stdout, exitCode } = await gameday(
        ['grade', solved, reading, '--isolation', 'container', '--out', grades],
        {
          GAMEDAY_GRADER_IMAGE: image,
        },
      );
      expect(stdout).toMatch(/pass {2}ada-1 /);
      expect(stdout).toMatch(/fail {2}eve-2 /);
      expect(exitCode).toBe(99);
      const scorecardOf = (candidate: string): Scorecard =>
        JSON.parse(readFileSync(join(grades, `${candidate}-${exercise.scenario}`, 'scorecard.json'), 'utf8'));
      expect(scorecardOf('ada-1').isolation).toMatch(/container/);
      expect(
        scorecardOf('eve-2')
          .arms.at(-1)!
          .results.map(({ summary }) => summary)
          .join(),
      ).toMatch(/EACCES/);
      expect(await containersOfRun('grade')).toEqual([]);
    },
  );
});

/** Of what this machine has: there may be no registry to get the parts from. */
async function makeImage(): Promise<void> {
  const context = [
    ...['--create', '--file', '-', '--directory', join(projectRoot, '.ci/images'), 'grader.dockerfile'],
    ...['--directory', dirname(process.execPath), 'node'],
    ...['--directory', projectRoot, '--exclude=./.git', '--exclude=./runs', '--transform=s,^\\./,gameday/,', './'],
  ];
  await execa('tar', context, { buffer: false }).pipe(
    'docker',
    ['build', '--tag', image, '--file', 'grader.dockerfile', '-'],
    {
      env: { DOCKER_BUILDKIT: '0' },
    },
  );
}
