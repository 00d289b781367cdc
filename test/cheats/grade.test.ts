import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scorecard } from '../../harness/domain/scorecard.ts';
import { whyNotBoxed } from '../../harness/platform/box.ts';
import { whyNotConfined } from '../../harness/platform/confinement.ts';
import { projectRoot, removeTemporaryDirectory, temporaryDirectory } from '../../harness/platform/files.ts';
import { applyPatch } from '../../harness/run/workspace.ts';
import { archiveOf, changesBy, type Entry, honestEntries, takeHomeFor } from '../support/submissions.ts';
import { asksTheNetwork, exercise } from './played.ts';

const whyNot = whyNotConfined() ?? whyNotBoxed();
/** Minutes; in CI. */
const all = process.env.GAMEDAY_ALL_CHEATS !== undefined;

let directory: string;
beforeAll(() => {
  directory = temporaryDirectory('graded');
});
afterAll(() => removeTemporaryDirectory(directory));

const grade = (...args: readonly string[]) =>
  execa(
    process.execPath,
    [
      join(projectRoot, 'harness/cli/gameday.mjs'),
      'grade',
      ...args,
      '--isolation',
      'namespaces',
      '--out',
      join(directory, 'grades'),
    ],
    { reject: false },
  );

function write(name: string, entries: readonly Entry[]): string {
  const file = join(directory, `${name}.tgz`);
  writeFileSync(file, archiveOf(entries));
  return file;
}

const scorecardOf = (candidate: string): Scorecard =>
  JSON.parse(readFileSync(join(directory, 'grades', `${candidate}-${exercise.scenario}`, 'scorecard.json'), 'utf8'));

const handOuts = [{ id: 'review-order-search', answers: ['review.md', 'change.diff'] }];

const honest = async (candidate: string, edit: (app: string) => Promise<void>, diagnosis: string) =>
  write(
    candidate,
    honestEntries({ ...takeHomeFor(exercise.scenario, exercise.variant, candidate), handOuts }, await changesBy(edit), {
      'diagnosis.md': diagnosis,
      'review-order-search.review.md': '### src/orders/search-queries.ts:12 (critical)\nBind it.\n',
    }),
  );

describe.skipIf(whyNot !== undefined)('gameday grade', { timeout: 300_000 }, () => {
  it('refuses what is no submission, says why, and says so with its exit code', async () => {
    const file = write('linked', [
      ...honestEntries(takeHomeFor(exercise.scenario, exercise.variant), ''),
      { path: 'submission/diagnosis.md', type: 'SymbolicLink', linkpath: '/etc/passwd' },
    ]);
    const { stdout, exitCode } = await grade(file);
    expect(stdout).toMatch(/refused {2}linked\.tgz/);
    expect(stdout).toContain('is no plain file but a SymbolicLink');
    expect(exitCode).toBe(2);
  });

  it.skipIf(!all)(
    'grades several, each beside flawed and reference, and keeps scorecard, JUnit and report',
    async () => {
      const right =
        'It takes 102 statements per request [survey:open list,before], and 4 statements [survey:open list,after].';
      const solved = await honest(
        'ada-1',
        (app) => applyPatch(app, join(projectRoot, `scenarios/${exercise.scenario}/solution/fix.patch`)),
        `## Root cause\n\n${right}\n`,
      );
      const cheating = await honest(
        'eve-2',
        asksTheNetwork.edit,
        '## Root cause\n\nIt takes 7 statements [survey:open list,before].\n',
      );
      const { stdout, exitCode } = await grade(solved, cheating);
      expect(stdout).toMatch(/pass {2}ada-1 .*3 of 15/);
      expect(stdout).toMatch(/fail {2}eve-2 .*0 of 15/);
      expect(exitCode).toBe(99);

      const [ada, eve] = [scorecardOf('ada-1'), scorecardOf('eve-2')];
      expect(ada.arms.map(({ arm, outcome }) => [arm, outcome])).toEqual([
        ['flawed', 'fail'],
        ['reference', 'pass'],
        ['candidate', 'pass'],
      ]);
      expect(ada.diagnosis?.claims.map(({ verdict, against }) => [verdict, against])).toEqual([
        ['confirmed', 'measured again'],
        ['confirmed', 'measured again'],
      ]);
      expect(ada.answers.map(({ exercise, findings }) => [exercise, findings[0]?.outcome])).toEqual([
        ['review-order-search', 'found'],
      ]);
      const report = readFileSync(join(directory, 'grades', `ada-1-${exercise.scenario}`, 'report.html'), 'utf8');
      for (const text of ['<polyline class="candidate" points="', 'Candidate: ', ' ms, alone', 'Search orders'])
        expect(report).toContain(text);

      const failed = eve.arms.at(-1)!.results.filter(({ outcome }) => outcome === 'fail');
      expect(failed.map(({ check }) => check)).toContain('work-per-list');
      // Had it been answered from outside, it would have ended, and nobody would have been served.
      expect(failed.map(({ check }) => check)).not.toContain('error-rate-under');
      expect(eve.concerns.join()).toContain('src/api.ts');
      for (const name of ['report.html', 'junit.xml'])
        expect(existsSync(join(directory, 'grades', `eve-2-${exercise.scenario}`, name))).toBe(true);
    },
  );
});
