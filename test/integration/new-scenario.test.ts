import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as authoring from '../../harness/authoring.ts';
import { main } from '../../harness/cli/main.ts';
import { type Answers, answersFrom, checksFor, type Wishes } from '../../harness/cli/new-scenario/answers.ts';
import { askAnswers } from '../../harness/cli/new-scenario/ask-answers.ts';
import { offeredChecks } from '../../harness/cli/new-scenario/offered-checks.ts';
import { offeredFaults } from '../../harness/cli/new-scenario/offered-faults.ts';
import { writeScenarioFrame } from '../../harness/cli/new-scenario/write-scenario-frame.ts';
import { createTerminal } from '../../harness/cli/terminal/terminal.ts';
import type { Scenario, ScenarioDefinition } from '../../harness/domain/scenario.ts';
import { projectRoot } from '../../harness/platform/files.ts';
import { assertProvable } from '../../harness/run/assert-provable.ts';
import { importDefault } from '../../harness/run/catalogue.ts';
import { planArms } from '../../harness/run/proof-arms.ts';
import { validateDefinition } from '../../harness/run/validate-scenario.ts';
import { memoryStreams } from '../support/memory-streams.ts';

let root: string;
beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'gameday-new-scenario-')));
  for (const name of ['harness', 'node_modules']) symlinkSync(join(projectRoot, name), join(root, name));
  writeFileSync(join(root, 'package.json'), '{ "type": "module" }');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const wishes: Required<Wishes> = {
  title: `It isn't there, "again"`,
  summary:
    "Customers' parcels do not come, and nobody at the desk can tell them why that is or what became of their money.",
  failure: 'Jobs are lost when the worker dies',
  level: 'mid',
  breaks: ['worker-crash'],
  holds: ['exactly-once', 'same-responses'],
  variants: false,
};
const faults = offeredFaults.map(({ name }) => name);
const checks = offeredChecks.map(({ name }) => name);

/** For each fault a scenario with all that can be judged then, one with little, and two with everything. */
const many: readonly Answers[] = [
  ...faults.map((fault) =>
    answersFrom(`fault-${fault}`, { ...wishes, breaks: [fault], holds: checksFor([fault]).map(({ name }) => name) }),
  ),
  answersFrom('little', { ...wishes, variants: true }),
  answersFrom('everything', { ...wishes, breaks: faults, holds: checks }),
  answersFrom('everything-twice', { ...wishes, breaks: faults, holds: checks, variants: true }),
];

const fileOf = ({ id }: Answers, name: string) => join(root, 'scenarios', id, name);

/** What a scenario is written with, harmless noise, and what makes sense in one scenario only. */
const notOffered = [
  ...['defineScenario', 'defineRubric', 'defineReview', 'defineWriting', 'peopleWhoMay', 'sessionToken'],
  ...['cronQuery', 'idleTransaction'],
  ...[
    'accessChanges',
    'answerAudit',
    'answersMatch',
    'endedSessions',
    'endedSessionsRefused',
    'rolledOut',
    'usualBuffersPerRequest',
  ],
];

describe('what gameday new scenario offers', () => {
  it('is every fault and every check that a scenario can import, but for noise and what is made for one scenario', () => {
    const offered = [...offeredFaults, ...offeredChecks].map(({ calls }) => calls);
    expect(Object.keys(authoring).filter((name) => !offered.includes(name) && !notOffered.includes(name))).toEqual([]);
    expect(new Set(faults).size + new Set(checks).size).toBe(offered.length);
  });

  it('goes by the names that faults and checks have in reports', async () => {
    const [everything] = many.slice(-2);
    writeScenarioFrame({ ...everything!, id: 'named' }, root);
    const { plan } = (await importDefault(join(root, 'scenarios/named/scenario.ts'))) as ScenarioDefinition;
    const { timeline, objectives } = plan({});
    expect(timeline.map(({ fault }) => fault.name)).toEqual(faults);
    expect(objectives.map(({ name }) => name.split(':')[0])).toEqual(checks);
  });
});

describe('the frame of a scenario', () => {
  it('is valid, has its types, and is formatted, whatever breaks and whatever holds', async () => {
    for (const answers of many) writeScenarioFrame(answers, root);
    for (const answers of many)
      expect([answers.id, validateDefinition(await importDefault(fileOf(answers, 'scenario.ts')))]).toEqual([
        answers.id,
        [],
      ]);
    const files = many.flatMap((answers) => ['scenario.ts', 'rubric.ts'].map((name) => fileOf(answers, name)));
    expect(typeErrors(files)).toEqual([]);
    for (const text of new Set(files.map((file) => readFileSync(file, 'utf8')))) expect(formatted(text)).toBe(text);
  }, 120_000);

  it('says what is still to be written, file by file, and what to do next; the flawed app can be played meanwhile', async () => {
    const answers = answersFrom('lost-parcels', { ...wishes, variants: true });
    const { folder, files } = writeScenarioFrame(answers, root);
    for (const file of files) expect(existsSync(join(root, file))).toBe(true);
    const definition = (await importDefault(join(folder, 'scenario.ts'))) as ScenarioDefinition;
    const scenario: Scenario = { id: answers.id, folder, definition, variants: Object.keys(definition.variants) };
    const problem = await assertProvable(scenario).then(
      () => undefined,
      (error) => error,
    );
    expect(problem).toMatchObject({
      code: 'SCENARIO_INVALID',
      exitCode: 2,
      hint: expect.stringContaining('gameday prove lost-parcels --arm flawed'),
    });
    for (const file of files.filter((name) => !name.endsWith('scenario.ts')))
      expect(problem.message).toContain(`\n${file.replace('scenarios/lost-parcels/', '')}: `);
    expect(problem.message).toContain('\nhints/1.md: is to be written: Where to look: which tool');
    expect(problem.message).toContain('\nsolution/fix.patch: is missing');

    expect(
      (await planArms(scenario, scenario.variants, ['flawed'])).map(({ variant, name }) => [variant, name]),
    ).toEqual([
      ['catalogue', 'flawed'],
      ['orders', 'flawed'],
    ]);
    await expect(planArms(scenario, scenario.variants)).rejects.toMatchObject({ code: 'SCENARIO_INVALID' });

    for (const name of [
      'briefing.md',
      'hints/1.md',
      'hints/2.md',
      'hints/3.md',
      'solution/why.md',
      'solution/fix.patch',
    ])
      writeFileSync(join(folder, name), 'Written, every word of it.\n'.repeat(20));
    for (const name of ['solution/README.md', 'decoys/README.md']) rmSync(join(folder, name));
    const rubric = readFileSync(join(folder, 'rubric.ts'), 'utf8');
    writeFileSync(join(folder, 'rubric.ts'), rubric.replace('facts: []', "facts: ['It is so.']"));
    await assertProvable(scenario);
  });

  it('is never written over anything, and only for ids that can be typed', () => {
    const answers = answersFrom('slow-list', wishes);
    writeScenarioFrame(answers, root);
    expect(() => writeScenarioFrame(answers, root)).toThrow(expect.objectContaining({ code: 'SCENARIO_EXISTS' }));
    for (const id of ['', 'Slow', 'a--b', '-a', '../x', 'a/b', '1a', 'x'.repeat(41)])
      expect(() => answersFrom(id, wishes)).toThrow(expect.objectContaining({ code: 'SCENARIO_ID_INVALID' }));
  });
});

describe('without anybody to ask', () => {
  async function refused(...options: readonly string[]) {
    const { streams, written } = memoryStreams();
    const exitCode = await main(['new', 'scenario', 'lost-parcels', ...options], streams);
    expect([exitCode, written.stdout]).toEqual([2, '']);
    expect(existsSync(join(projectRoot, 'scenarios/lost-parcels'))).toBe(false);
    return written.stderr;
  }
  const texts = ['--title', 'a', '--summary', 'b', '--failure', 'c'];

  it('says what was not said, what is allowed, and what to type', async () => {
    const message = await refused('--no-input', '--title', 'Lost', '--breaks', 'worker-crash');
    expect(message).toContain('this was not said: --summary, --failure, --level, --holds.');
    expect(message).toContain('next: gameday new scenario lost-parcels --title');
    for (const name of [...faults, ...checks, 'junior']) expect(message).toContain(name);
  });

  it.each([
    [['--breaks', 'worker-crsh', '--holds', 'same-responses'], 'did you mean worker-crash? It may be traffic-peak,'],
    [['--breaks', 'worker-crash', '--holds', 'fast'], 'nothing named "fast" for --holds'],
    [['--breaks', 'worker-crash', '--holds', 'revoked-within'], 'add --breaks user-bans, or leave out'],
  ])('refuses %s', async (options, expected) => {
    expect(await refused(...texts, '--level', 'mid', ...options)).toContain(expected);
  });

  it('refuses a level that there is not', async () => {
    expect(await refused(...texts, '--level', 'guru')).toContain('one of junior, mid, senior, staff');
  });
});

describe('asking', () => {
  /** Types the answers one after the other, each when its question is there. */
  async function asked(given: Wishes, typed: readonly (readonly [question: string, keys: string])[]) {
    const { streams, written } = memoryStreams({ columns: 100 });
    const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => stdin });
    const stderr = Object.assign(streams.stderr, { isTTY: true, rows: 60 });
    const terminal = createTerminal(
      { ...streams, stdin: stdin as unknown as NodeJS.ReadStream, stderr },
      { input: true, color: false },
    );
    const answers = askAnswers(undefined, given, terminal);
    answers.catch(() => {});
    for (const [question, keys] of typed) {
      await expect.poll(() => written.stderr, { timeout: 5_000 }).toContain(question);
      for (const key of keys.split('|')) {
        stdin.write(key);
        await new Promise((done) => setImmediate(done));
      }
    }
    return { answers: await answers, shown: written.stderr };
  }
  const down = '\u001b[B';

  it('comes to the same as the options', async () => {
    const { answers, shown } = await asked({}, [
      ['Id:', 'lost-letters|\r'],
      ['Title:', `${wishes.title}|\r`],
      ['Summary:', `${wishes.summary}|\r`],
      ['Which failure', `${wishes.failure}|\r`],
      ['For whom?', `${down}|\r`],
      ['What breaks?', ` |${down}| |\r`],
      ['What must be true', ` |${down}| |\r`],
      ['siblings', 'y'],
    ]);
    expect(answers).toEqual(
      answersFrom('lost-letters', {
        ...wishes,
        level: 'senior',
        breaks: faults.slice(0, 2),
        holds: checks.slice(0, 2),
        variants: true,
      }),
    );
    expect(shown).toContain('several times the usual requests arrive');
    expect(shown, 'there is no ban to judge').not.toContain('revoked-within');
  });

  it('asks only for what was not given, says why an id will not do, and can be left', async () => {
    const { title, ...others } = wishes;
    const { answers, shown } = await asked(others, [
      ['Id:', 'still-active|\r'],
      ['There is already a folder', `-${'x'}|\r`],
      ['Title:', `${title}|\r`],
    ]);
    expect(answers).toEqual(answersFrom('still-active-x', wishes));
    expect(shown).not.toContain('What breaks?');
    await expect(asked(wishes, [['Id:', '\u0003']])).rejects.toMatchObject({ code: 'INTERRUPTED', exitCode: 130 });
  });
});

/** A TypeScript file of a scenario as `npm run check` wants it. */
function formatted(text: string): string {
  const biome = join(projectRoot, 'node_modules/.bin/biome');
  const args = ['check', '--write', '--stdin-file-path=scenarios/new/scenario.ts'];
  const { stdout, stderr, status } = spawnSync(biome, args, { cwd: projectRoot, input: text, encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
  return stdout;
}

/** What the compiler has against these files, with the settings of the project. */
function typeErrors(files: readonly string[]): readonly string[] {
  const { config } = ts.readConfigFile(join(projectRoot, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, projectRoot);
  return ts.getPreEmitDiagnostics(ts.createProgram(files, options)).map(({ file, start = 0, messageText }) => {
    const line = (file?.getLineAndCharacterOfPosition(start).line ?? 0) + 1;
    return `${file?.fileName}:${line} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}
