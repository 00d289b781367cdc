import { describe, expect, it } from 'vitest';
import { discoverScenarios } from '../../../harness/run/catalogue.ts';
import { assemble } from '../../../harness/take-home/pack.ts';
import { findLeaks, secretsOf } from '../../../harness/take-home/secrets.ts';

const secrets = [
  { of: 'what is wrong', text: 'A foreign key  without an index' },
  { of: 'another scenario', text: 'paid-twice' },
];

describe('the search for what an archive would tell', () => {
  it('finds a secret whatever its spacing and case, also over the end of a line, and says where it begins', () => {
    const files = new Map([
      ['README.md', 'Fine.\nSee also PAID-TWICE.\n'],
      ['src/a.ts', '// fine\n// a foreign key without\n an index\n'],
      ['src/b.ts', 'nothing here'],
    ]);
    expect(findLeaks(files, secrets).map(({ file, line, secret }) => [file, line, secret.of])).toEqual([
      ['README.md', 2, 'another scenario'],
      ['src/a.ts', 1, 'what is wrong'],
    ]);
  });
});

describe('a take-home of every scenario', async () => {
  const { scenarios } = await discoverScenarios();

  it.each(scenarios.map((scenario) => [scenario.id, scenario] as const))(
    'of %s can be packed',
    async (id, scenario) => {
      const wishes = { scenarios: [scenario], catalogue: scenarios, candidate: 'ada-1', hours: 2 };
      const { files, takeHome } = await assemble(wishes);
      const paths = [...files.keys()];
      expect(paths.filter((path) => path.startsWith('scenarios/') && !path.startsWith(`scenarios/${id}/`))).toEqual([]);
      const kept = /(^|\/)(solution|decoys|test|rubric\.ts|proof\.json|curve\.json|\.git|prove\.ts)(\/|$)/;
      expect(paths.filter((path) => kept.test(path) && !path.startsWith('sandbox-app/'))).toEqual([]);
      expect([...files.values()].filter((text) => text.includes(takeHome.canary)).length).toBeGreaterThan(2);
    },
  );

  it('knows something to look for in every scenario: flaw, rubric, mechanism, patches', async () => {
    for (const scenario of scenarios) {
      const found = await secretsOf([scenario], scenarios, []);
      const kinds = new Set(found.map(({ of }) => of.replace(scenario.id, '…')));
      expect(kinds, scenario.id).toEqual(
        new Set([
          'another scenario',
          'what is wrong in …',
          'the rubric of …',
          'why.md of …',
          'a decoy of …',
          'a patch of …',
        ]),
      );
    }
  });

  it('refuses to be packed when what is shown tells', async () => {
    const [scenario] = scenarios;
    const telling = { ...scenario!, definition: { ...scenario!.definition, failure: 'Tradepost' } };
    const packing = assemble({ scenarios: [telling], catalogue: scenarios, candidate: 'ada-1', hours: 2 });
    await expect(packing).rejects.toMatchObject({ code: 'PACK_TELLS', exitCode: 2 });
  });

  it.each(['../evil', 'a/b', '', '-x'])('refuses the candidate %j', async (candidate) => {
    const packing = assemble({ scenarios: [], catalogue: scenarios, candidate, hours: 2 });
    await expect(packing).rejects.toMatchObject({ code: 'CANDIDATE_INVALID' });
  });
});
