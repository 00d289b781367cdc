import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Scenario } from '../../../harness/domain/scenario.ts';
import { assertProvable } from '../../../harness/run/assert-provable.ts';
import { discoverScenarios } from '../../../harness/run/catalogue.ts';

const rubric = (facts: string) => `export default {
  facts: ${facts},
  dimensions: [{ name: 'Diagnosis', anchors: { 1: 'a', 3: 'b', 5: 'c' } }],
};\n`;

describe('assertProvable', () => {
  let folder: string;
  let scenario: Scenario;
  const write = (name: string, text: string) => writeFile(join(folder, name), text);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gameday-scenario-'));
    await mkdir(join(folder, 'solution'));
    await mkdir(join(folder, 'decoys'));
    await write('solution/fix.patch', 'a difference');
    await write('solution/why.md', `# Mechanism\n\n${'It is slow because each waits for the one before. '.repeat(12)}`);
    await write('rubric.ts', rubric("['It is slow because …']"));
    await write('decoys/hurry.patch', 'Caught-by: fast\n');
    const definition = { variants: { only: {} }, plan: () => ({ objectives: [{ name: 'fast' }] }) };
    scenario = { id: 'made-up', folder, definition, variants: ['only'] } as unknown as Scenario;
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('accepts a complete folder', async () => {
    await assertProvable(scenario);
  });

  it('tells everything that is wrong at once', async () => {
    await rm(join(folder, 'solution'), { recursive: true });
    await write('rubric.ts', rubric('[]'));
    await write('decoys/hurry.patch', 'Caught-by: quick\n');
    await write('decoys/wait.patch', 'no header\n');
    await expect(assertProvable(scenario)).rejects.toMatchObject({
      code: 'SCENARIO_INVALID',
      exitCode: 2,
      message: expect.stringContaining(
        [
          'solution/fix.patch: is missing',
          'solution/why.md: is missing',
          'rubric.ts: facts: must state at least one',
          'decoys/hurry.patch: no objective is named "quick"; there are fast',
          'decoys/wait.patch: its header lacks the line "Caught-by: <check name>"',
        ].join('\n'),
      ),
    });
  });

  it('refuses an explanation that is a heading only', async () => {
    await write('solution/why.md', '# Mechanism\n');
    await expect(assertProvable(scenario)).rejects.toMatchObject({
      message: expect.stringContaining('solution/why.md: says too little: the mechanism'),
    });
  });

  it.each([
    ['export const rubric = 1;\n', 'it has no default export'],
    [`export default { facts: ['a'], dimensions: [{ name: 'A', anchors: { 1: 'a', 5: 'c' } }] };\n`, 'anchors.3'],
  ])('refuses the rubric %s', async (text, problem) => {
    await write('rubric.ts', text);
    await expect(assertProvable(scenario)).rejects.toMatchObject({ message: expect.stringContaining(problem) });
  });
});

describe('the scenarios of this project', async () => {
  const { scenarios, problems } = await discoverScenarios();

  it('are all valid', () => {
    expect(problems).toEqual([]);
    expect(scenarios.length).toBeGreaterThanOrEqual(5);
  });

  it.each(scenarios.map((scenario) => [scenario.id, scenario]))(
    '%s has all that a proof needs',
    async (_, scenario) => {
      await assertProvable(scenario);
    },
  );
});
