import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa, type ResultPromise } from 'execa';
import { extract } from 'tar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TakeHome } from '../../harness/domain/take-home.ts';
import { readSubmission } from '../../harness/grading/read-submission.ts';
import { until } from '../../harness/platform/clock.ts';
import { projectRoot, removeTemporaryDirectory, temporaryDirectory } from '../../harness/platform/files.ts';
import { discoverScenarios } from '../../harness/run/catalogue.ts';
import { findReview } from '../../harness/run/reviews.ts';
import { findWriting } from '../../harness/run/writings.ts';
import { pack } from '../../harness/take-home/pack.ts';

let directory: string;
let folder: string;
let playing: ResultPromise | undefined;

const gameday = (...args: string[]) =>
  execa(process.execPath, [join(folder, 'harness/cli/gameday.mjs'), ...args], { cwd: folder, reject: false });

/** What `npm ci` would install there. */
function install(): void {
  const installed = join(projectRoot, 'node_modules');
  mkdirSync(join(folder, 'node_modules'));
  for (const name of readdirSync(installed).filter((each) => each !== '.cache'))
    symlinkSync(join(installed, name), join(folder, 'node_modules', name));
}

beforeAll(async () => {
  directory = temporaryDirectory('take-home');
  const { scenarios } = await discoverScenarios();
  const file = join(directory, 'out', 'ada.tgz');
  await pack({
    scenarios: scenarios.filter(({ id }) => id === 'still-active'),
    reviews: [await findReview('review-order-search')],
    writings: [await findWriting('written-payment-endpoint')],
    catalogue: scenarios,
    candidate: 'ada-1',
    hours: 2,
    file,
  });
  await extract({ file, cwd: directory });
  folder = join(directory, 'gameday-ada-1');
  install();
}, 60_000);

afterAll(async () => {
  playing?.kill('SIGTERM');
  await playing;
  removeTemporaryDirectory(directory);
}, 30_000);

describe('a take-home', () => {
  it('has its one scenario, what is needed to play it, and no commands of authors', async () => {
    const list = JSON.parse((await gameday('list', '--json')).stdout) as { id: string; minutes: number }[];
    expect(list.map(({ id, minutes }) => [id, minutes])).toEqual([['still-active', 120]]);
    const { stdout } = await gameday('--help');
    expect(stdout).toContain('submit');
    expect(stdout).not.toMatch(/prove|curve|pack|demo/);
  }, 30_000);

  it('has a command that can be run as it is, as its container does', async () => {
    const { stdout } = await execa(join(folder, 'harness/cli/gameday.mjs'), ['--version']);
    expect(stdout).toMatch(/^\d+\.\d+/);
  });

  it('is played, judged, and leads to one file to send back, which tells nothing about the machine', async () => {
    playing = execa(process.execPath, [join(folder, 'harness/cli/gameday.mjs'), 'play', '--no-input'], {
      cwd: folder,
      reject: false,
    });
    const workspace = await until(
      'the incident',
      async () => {
        const { stdout, exitCode } = await gameday('status', '--json');
        return exitCode === 0 && (JSON.parse(stdout) as { workspace: string }).workspace;
      },
      { timeoutMs: 90_000, everyMs: 500 },
    );
    writeFileSync(join(workspace, 'src', 'added.ts'), 'export const added = 1;\n');
    writeFileSync(join(workspace, 'package.json'), '{ "scripts": { "postinstall": "true" } }\n');
    writeFileSync(join(folder, 'exercises/written-payment-endpoint/answer.md'), `${folder}: one row each\n`);
    rmSync(join(folder, 'exercises/review-order-search/change.diff'));
    const submitted = await gameday('submit', '--json');
    const judged = JSON.parse(submitted.stdout) as { run: string; outcome: string };
    expect(judged.outcome).not.toBe('pass');
    expect((await playing).stdout).toContain('Send back:');

    const archive = join(folder, 'runs', judged.run, 'submission.tgz');
    expect(submitted.stderr).toContain(archive);
    await extract({ file: archive, cwd: directory });
    const submission = join(directory, 'submission');
    expect(readdirSync(submission).sort()).toEqual([
      'events.jsonl',
      'evidence-hold.json',
      'plans.json',
      'review-order-search.review.md',
      'take-home.json',
      'traces.jsonl',
      'workspace.patch',
      'written-payment-endpoint.answer.md',
    ]);
    expect([...readSubmission(archive).answers.get('written-payment-endpoint')!]).toEqual([
      ['answer.md', expect.stringContaining('one row each')],
    ]);
    const patch = readFileSync(join(submission, 'workspace.patch'), 'utf8');
    expect(patch).toContain('+export const added = 1;');
    expect(patch).not.toContain('postinstall');
    const takeHome = JSON.parse(readFileSync(join(submission, 'take-home.json'), 'utf8')) as TakeHome;
    expect(takeHome).toMatchObject({ candidate: 'ada-1', hours: 2, scenario: 'still-active', run: judged.run });
    const told = readdirSync(submission).map((name) => readFileSync(join(submission, name), 'utf8'));
    expect(told.filter((text) => text.includes(directory))).toEqual([]);
  }, 180_000);
});
